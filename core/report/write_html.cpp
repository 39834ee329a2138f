// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "core/base/codec.h"
#include "core/base/embedded.h"
#include "core/base/text.h"
#include "core/report/report.h"
#include "core/report/typeset.h"

namespace mainstay {
namespace {
std::string escaped(std::string_view text) { return xml_escaped(text); }

std::string words(std::string_view text) {
  std::string html;
  for (const char c : escaped(text))
    if (c == '\n') html += "<br>";
    else html += c;
  return html;
}

/// The style sheet's class for a tone; its colour has the same name.
std::string_view class_of(Tone tone) {
  if (tone == Tone::plain) return "";
  return tone == Tone::strong ? "strong" : tone_colour(tone);
}

std::string inline_html(const Text& text) {
  std::string html;
  for (const auto& span : text) {
    const auto icon = tone_icon(span.tone);
    if (!icon.empty()) html += fmt::format("<span class=\"tone {}\"><span aria-hidden=\"true\">{}</span> {}</span>", class_of(span.tone), icon, words(span.text));
    else if (span.tone != Tone::plain) html += fmt::format("<span class=\"{}\">{}</span>", class_of(span.tone), words(span.text));
    else html += words(span.text);
  }
  return html;
}

std::string hex_of(std::string_view name, std::string_view accent) {
  const auto c = colour_of(name, accent);
  const auto part = [](double v) { return static_cast<int>(v * 255 + 0.5); };
  return fmt::format("#{:02X}{:02X}{:02X}", part(c.red), part(c.green), part(c.blue));
}

/// Writes blocks one after another.
class Html {
 public:
  explicit Html(const ReportDocument& document) : document_(document) {}

  std::string write() {
    std::string style = template_text("reports/style.css").value_or("");
    for (std::size_t at = 0; (at = style.find("#0F5C6E", at)) != std::string::npos; at += 7) style.replace(at, 7, document_.accent);
    for (std::size_t at = 0; (at = style.find("</", at)) != std::string::npos; at += 2) style.replace(at, 2, "< /");
    html_ = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n",
        escaped(document_.language), escaped(tr("{title} – {organisation}", {{"title", document_.title}, {"organisation", document_.organisation}})), style);
    for (const auto& block : document_.blocks) std::visit([this](const auto& b) { add(b); }, block);
    html_ += fmt::format("<footer>\n<p>{}</p>\n", escaped(document_.stamp));
    if (!document_.footer.empty()) html_ += fmt::format("<p>{}</p>\n", escaped(document_.footer));
    html_ += "</footer>\n</main>\n</body>\n</html>\n";
    return std::move(html_);
  }

 private:
  void add(const Heading& heading) {
    const int level = std::clamp(heading.level, 1, 6);
    html_ += fmt::format("<h{} id=\"{}\"{}>{}</h{}>\n", level, escaped(heading.anchor), new_page_ ? " class=\"new-page\"" : "", escaped(heading.text), level);
    new_page_ = false;
  }
  void add(const Paragraph& paragraph) { html_ += fmt::format("<p{}>{}</p>\n", paragraph.lead ? " class=\"lead\"" : "", inline_html(paragraph.text)); }
  void add(const List& list) {
    const bool number = list.style == List::Style::number;
    std::string classes = list.style == List::Style::checkbox ? "checkbox" : "";
    if (list.large) classes += classes.empty() ? "large" : " large";
    html_ += fmt::format("<{}{}>\n", number ? "ol" : "ul", classes.empty() ? "" : fmt::format(" class=\"{}\"", classes));
    for (const auto& item : list.items) html_ += fmt::format("<li>{}</li>\n", inline_html(item));
    html_ += number ? "</ol>\n" : "</ul>\n";
  }
  void add(const TableBlock& table) {
    if (table.flat || table.reader == TableBlock::Reader::machine) return;
    html_ += "<div class=\"scroll\"><table>\n";
    if (!table.caption.empty()) html_ += fmt::format("<caption>{}</caption>\n", escaped(table.caption));
    html_ += "<thead><tr>";
    for (const auto& column : table.columns) html_ += fmt::format("<th scope=\"col\"{}>{}</th>", column.right ? " class=\"right\"" : "", escaped(column.title));
    html_ += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows) {
      html_ += "<tr>";
      for (std::size_t c = 0; c < table.columns.size(); ++c)
        html_ += fmt::format("<td{}>{}</td>", table.columns[c].right ? " class=\"right\"" : "", c < row.size() ? inline_html(row[c]) : "");
      html_ += "</tr>\n";
    }
    html_ += "</tbody>\n</table></div>\n";
  }
  void add(const Figure& figure) {
    const auto number = ++figures_;
    html_ += "<figure>\n";
    if (!figure.title.empty()) html_ += fmt::format("<figcaption>{}</figcaption>\n", escaped(figure.title));
    html_ += fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"figure{0}-title figure{0}-text\" viewBox=\"0 0 {1:.1f} {2:.1f}\" width=\"{1:.0f}\" "
                         "font-family=\"Noto Sans, Helvetica, Arial, sans-serif\">\n<title id=\"figure{0}-title\">{3}</title>\n<desc id=\"figure{0}-text\">{4}</desc>\n",
                         number, figure.width, figure.height, escaped(figure.title), escaped(figure.alt));
    for (const auto& shape : figure.shapes) std::visit([this](const auto& s) { draw(s); }, shape);
    html_ += "</svg>\n</figure>\n";
  }
  std::string paint(std::string_view name) const { return name.empty() ? "none" : hex_of(name, document_.accent); }
  void draw(const Figure::Line& l) {
    html_ += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" stroke-width=\"{:.1f}\"{}/>\n", l.x1, l.y1, l.x2, l.y2, paint(l.colour), l.width,
                         l.dashed ? " stroke-dasharray=\"3 2.4\"" : "");
  }
  void draw(const Figure::Rect& r) {
    html_ += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"{:.1f}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"0.7\"/>\n", r.x, r.y, r.w, r.h, r.radius,
                         paint(r.fill), paint(r.stroke));
  }
  void draw(const Figure::Label& l) {
    html_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{:.1f}\" fill=\"{}\" text-anchor=\"{}\"{}>{}</text>\n", l.x, l.y, l.size, paint(l.colour),
                         l.align < 0 ? "start" : l.align > 0 ? "end" : "middle", l.bold ? " font-weight=\"700\"" : "", escaped(l.text));
  }
  void draw(const Figure::Poly& p) {
    std::string points;
    for (const auto& [x, y] : p.points) points += fmt::format("{:.1f},{:.1f} ", x, y);
    html_ += fmt::format("<{} points=\"{}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"{:.1f}\" stroke-linejoin=\"round\"/>\n", p.closed ? "polygon" : "polyline", points, paint(p.fill), paint(p.stroke), p.width);
  }
  void add(const PageBreak&) { new_page_ = true; }
  void add(const Callout& callout) {
    const auto icon = tone_icon(callout.tone);
    html_ += fmt::format("<aside class=\"callout {}\">", class_of(callout.tone));
    if (!callout.title.empty()) html_ += fmt::format("<p><strong>{}{}</strong></p>", icon.empty() ? "" : fmt::format("<span aria-hidden=\"true\">{}</span> ", icon), escaped(callout.title));
    if (!callout.text.empty()) html_ += fmt::format("<p>{}</p>", inline_html(callout.text));
    html_ += "</aside>\n";
  }
  void add(const Cover& cover) {
    html_ += fmt::format("<header class=\"cover\"><p class=\"kicker\">{}</p><h1>{}</h1><p class=\"subtitle\">{}</p></header>\n<dl class=\"facts\">", escaped(cover.title), escaped(cover.organisation),
                         escaped(cover.subtitle));
    for (const auto& [label, value] : cover.facts) html_ += fmt::format("<dt>{}</dt><dd>{}</dd>", escaped(label), words(value));
    html_ += "</dl>\n";
  }
  void add(const Contents&) {
    html_ += fmt::format("<nav class=\"contents\" aria-label=\"{}\"><ol>\n", escaped(tr("Contents")));
    for (const auto& block : document_.blocks)
      if (const auto* heading = std::get_if<Heading>(&block); heading && heading->level == 1)
        html_ += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", escaped(heading->anchor), escaped(heading->text));
    html_ += "</ol></nav>\n";
  }

  const ReportDocument& document_;
  std::string html_;
  int figures_ = 0;
  bool new_page_ = false;
};
}  // namespace

std::string write_html(const ReportDocument& document) { return Html(document).write(); }

}  // namespace mainstay

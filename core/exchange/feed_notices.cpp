// SPDX-License-Identifier: MIT
#include "core/exchange/feed_notices.h"

#include <array>

#include "core/base/company_name.h"
#include "core/base/encoding.h"
#include "core/base/error.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr std::size_t longest_text = 6000;

std::string clean(std::string_view text) { return shortened(plain_text(text), longest_text); }

std::string joined(const std::vector<std::string>& texts, std::string_view between = "; ") { return shortened(join(texts, between), longest_text); }

constexpr std::array<std::string_view, 12> months = {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"};

/// Whose product it is, out of "Best Buy Recalls Insignia Gas Ranges Due to …".
std::string brand_in_title(const std::string& title) {
  for (const std::string_view verb : {" Recalls ", " Recall ", " Expands ", " Reannounces ", " recalls ", " Announces "})
    if (const auto at = title.find(verb); at != std::string::npos && at < 80) return title.substr(0, at);
  return {};
}

std::string without_company_tail(std::string name) {
  name = name.substr(0, name.find(" of "));
  if (const auto comma = name.find(','); comma != std::string::npos) name.resize(comma);
  return without_company_forms(name);
}

/// Members of a list, or `"a"|"b"` as the delimited form of the service writes it.
std::vector<std::string> texts_of(const FeedNode& record, std::string_view list, std::string_view member) {
  auto texts = record.all(list, member);
  if (const auto* node = record.child(list); texts.empty() && node && node->children.empty())
    for (auto part : split(node->text, '|')) {
      if (part.size() > 1 && part.front() == '"' && part.back() == '"') part = part.substr(1, part.size() - 2);
      if (auto text = plain_text(part); !text.empty()) texts.push_back(std::move(text));
    }
  return texts;
}

/// The part of an ACCC item that bears a class: from its mark to the next field's.
std::string accc_field(const std::string& html, const std::string& field) {
  static const std::string mark = "field--name-field-psa-recall-";
  const auto at = html.find(mark + field);
  if (at == std::string::npos) return {};
  const auto begin = html.find('>', at);
  if (begin == std::string::npos) return {};
  const auto next = html.find(mark, begin);
  auto part = html.substr(begin + 1, next == std::string::npos ? std::string::npos : next - begin - 1);
  if (next != std::string::npos)
    if (const auto tag = part.rfind('<'); tag != std::string::npos) part.resize(tag);
  return clean(part);
}

std::string accc_brand(const std::string& title) {
  for (const std::string_view dash : {" — ", " – ", " - "})
    if (const auto at = title.find(dash); at != std::string::npos) return without_company_tail(title.substr(0, at));
  return {};
}

bool is_true(const std::string& text) { return text == "true" || text == "1"; }

}  // namespace

// ISO, `DD/MM/YYYY` as the EU writes it, `February 21, 2024` as the CPSC's site does, and mail dates.
Date feed_date(std::string_view text) {
  text = trimmed(text);
  if (const auto date = parse_date(text.substr(0, 10))) return *date;
  if (const auto mail = parse_http_date(text)) return mail->date();
  const auto number = [](std::string_view digits) { return digits.empty() || digits.size() > 4 || digits.find_first_not_of("0123456789") != std::string_view::npos ? -1 : std::atoi(std::string(digits).c_str()); };
  const auto made = [](int year, int month, int day) -> Date {
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return parse_date(std::to_string(year) + "-" + two(month) + "-" + two(day)).value_or(Date());
  };
  if (text.size() >= 10 && text[2] == '/' && text[5] == '/') return made(number(text.substr(6, 4)), number(text.substr(3, 2)), number(text.substr(0, 2)));
  auto words = split(text, ' ');
  if (words.size() >= 4 && words[0].ends_with(',')) words.erase(words.begin());  // "Tue, 24 Nov 2026 …" with a zone of its own
  if (words.size() < 3) return {};
  const bool day_first = number(words[0]) > 0;
  const auto month = lower_case(words[day_first ? 1 : 0]);
  auto day = words[day_first ? 0 : 1];
  if (day.ends_with(',')) day.pop_back();
  for (std::size_t m = 0; m < months.size(); ++m)
    if (month.size() >= 3 && months[m].starts_with(month)) return made(number(words[2]), static_cast<int>(m) + 1, number(day));
  return {};
}

std::optional<RecallNotice> cpsc_notice(const FeedNode& record, std::string_view feed) {
  const auto title = clean(record.at("Title").empty() ? record.at("RecallHeading") : record.at("Title"));
  if (record.at("RecallID") == "0" || title.starts_with("Error retrieving"))
    throw Error(ErrorCode::refused, tr("“{file}” is not a feed but an error of the CPSC's service, sent as if all were well: {message}", {{"file", feed}, {"message", shortened(title, 300)}}));
  RecallNotice n;
  n.authority = "US CPSC";
  n.number = recall_number(n.authority, record.at("RecallNumber"));
  if (n.number.empty()) n.number = record.at("RecallID");
  if (n.number.empty() || title.empty()) return {};
  n.title = title;
  n.product = joined(texts_of(record, "Products", "Name"));
  n.models = joined(texts_of(record, "Products", "Model"));
  n.units = joined(texts_of(record, "Products", "NumberOfUnits"));
  n.description = clean(record.at("Description"));
  for (const auto& text : texts_of(record, "Products", "Description")) n.description += " " + text;
  for (const auto& text : texts_of(record, "Images", "Caption")) n.description += " " + text;
  n.description = shortened(n.description, longest_text);
  n.brand = brand_in_title(title);
  if (n.brand.empty())
    for (const auto* list : {"Manufacturers", "Importers", "Distributors"})
      if (const auto firms = texts_of(record, list, "Name"); !firms.empty() && n.brand.empty()) n.brand = without_company_tail(firms.front());
  n.hazard = joined(texts_of(record, "Hazards", "Name"), " ");
  n.remedy = joined(texts_of(record, "Remedies", "Name"), " ");
  n.url = clean(record.at("URL"));
  n.announced = feed_date(record.at("RecallDate"));
  n.also = texts_of(record, "Inconjunctions", "URL");
  return n;
}

std::optional<RecallNotice> cpsc_csv_notice(const FeedNode& row) {
  RecallNotice n;
  n.authority = "US CPSC";
  const auto& number = row.at("Recall Number").empty() ? row.at("Product Safety Warning Number") : row.at("Recall Number");
  n.number = recall_number(n.authority, plain_text(number));
  n.title = clean(row.at("Recall Heading"));
  if (n.number.empty() || n.title.empty()) return {};
  n.product = clean(row.at("Name of product"));
  n.units = clean(row.at("Units"));
  n.description = clean(row.at("Description"));
  n.hazard = clean(row.at("Hazard Description"));
  n.remedy = clean(row.at("Remedy").empty() ? row.at("Consumer Action") : row.at("Remedy"));
  n.brand = brand_in_title(n.title);
  if (n.brand.empty()) n.brand = without_company_tail(clean(row.at("Manufacturers")));
  n.announced = feed_date(row.at("Date").empty() ? row.at("Product Safety Warning Date") : row.at("Date"));
  return n;
}

std::optional<RecallNotice> accc_notice(const FeedNode& item) {
  RecallNotice n;
  n.authority = "ACCC";
  n.title = clean(item.at("title"));
  n.url = clean(item.at("link"));
  n.number = recall_number(n.authority, plain_text(item.at("guid")));
  if (n.number.empty()) n.number = page_key(n.url).substr(page_key(n.url).rfind('/') + 1);
  if (n.title.empty() || n.number.empty()) return {};
  const auto& html = item.at("description");
  n.product = n.title;
  n.brand = accc_brand(n.title);
  n.description = accc_field(html, "product-desc");
  if (n.description.empty()) n.description = clean(html);
  n.hazard = clean(accc_field(html, "product-defects") + " " + accc_field(html, "hazards"));
  n.remedy = accc_field(html, "consumer-action");
  n.announced = feed_date(item.at("pubDate"));
  return n;
}

std::optional<RecallNotice> safety_gate_notice(const FeedNode& x) {
  RecallNotice n;
  n.authority = "EU Safety Gate";
  n.number = recall_number(n.authority, plain_text(x.at("caseNumber").empty() ? x.at("reference") : x.at("caseNumber")));
  if (n.number.empty()) return {};
  n.brand = clean(x.at("brand"));
  if (lower_case(n.brand) == "unknown") n.brand.clear();
  n.product = clean(x.at("name").empty() ? x.at("product") : x.at("name"));
  n.models = clean(x.at("type_numberOfModel"));
  if (const auto code = clean(x.at("companyRecallCode")); !code.empty()) n.models += n.models.empty() ? code : "; " + code;
  n.title = clean(n.brand + " " + n.product);
  if (n.title.empty()) n.title = n.number;
  n.description = clean(x.at("product") + " " + x.at("description") + " " + x.at("batchNumber"));
  n.hazard = clean(x.at("danger").empty() ? x.at("riskType") : x.at("danger"));
  n.remedy = clean(x.at("measures"));
  n.url = clean(x.at("reference").starts_with("http") ? x.at("reference") : x.at("URLrecall"));
  return n;
}

std::optional<RecallNotice> health_canada_notice(const FeedNode& x) {
  if (!contains_folded(x.at("Organization"), "consumer product")) return {};
  RecallNotice n;
  n.authority = "Health Canada";
  n.number = recall_number(n.authority, x.at("NID"));
  n.title = clean(x.at("Title"));
  if (n.number.empty() || n.title.empty()) return {};
  n.product = clean(x.at("Product"));
  n.description = clean(x.at("Category"));
  n.hazard = clean(x.at("Issue"));
  n.remedy = clean(x.at("What you should do"));
  n.url = clean(x.at("URL"));
  n.announced = feed_date(x.at("Last updated"));
  n.brand = brand_in_title(n.title);
  return n;
}

std::vector<RecallNotice> endoflife_notices(const FeedNode& product, std::string_view feed) {
  std::vector<RecallNotice> notices;
  const auto family = plain_text(product.at("name"));
  const auto* releases = product.child("releases");
  const auto add = [&](const FeedNode& release, const std::string& name, const std::string& eol) {
    RecallNotice n;
    n.announced = feed_date(eol);
    if (name.empty() || (!n.announced && !is_true(eol))) return;
    n.authority = "endoflife.date";
    n.family = family.empty() ? lower_case(feed.substr(0, feed.find('.'))) : family;
    n.cycle_name = name;
    n.cycle = plain_text(release.at("label").empty() ? name : release.at("label"));
    if (const auto* latest = release.child("latest"); latest && n.family.starts_with("windows")) n.models = plain_text(latest->at("name"));
    n.number = n.family + "-" + name;
    n.brand = plain_text(product.at("label").empty() ? n.family : product.at("label"));
    n.product = clean(n.brand + " " + n.cycle);
    // True on every day, before it and after.
    n.title = n.announced ? tr("End of support for {product}: {day}", {{"product", n.product}, {"day", spoken(n.announced)}}) : tr("Support for {product} has ended", {{"product", n.product}});
    n.hazard = tr("Without security updates, known weaknesses stay open for good.");
    n.remedy = tr("Replace it, or move it to a system that is supported. The day is kept by volunteers; check it with the maker.");
    n.url = "https://endoflife.date/" + n.family;
    notices.push_back(std::move(n));
  };
  if (releases)
    for (const auto& release : releases->children) add(release, plain_text(release.at("name")), !release.at("eolFrom").empty() ? release.at("eolFrom") : release.at("isEol"));
  else if (!product.at("cycle").empty()) add(product, plain_text(product.at("cycle")), product.at("eol"));  // a row of the older API
  return notices;
}

}  // namespace mainstay

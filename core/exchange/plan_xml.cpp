// SPDX-License-Identifier: MIT
#include "core/exchange/plan_xml.h"

#include <algorithm>
#include <numeric>
#include <unordered_set>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/id.h"
#include "core/base/text.h"
#include "core/base/xml.h"

namespace mainstay {
namespace {

constexpr std::string_view format_number = "1";

void append_attribute(std::string& out, std::string_view key, std::string_view value) {
  out += ' ';
  out += key;
  out += "=\"";
  out += xml_escaped(value, true);
  out += '"';
}

std::vector<std::size_t> by_id(const Plan& plan, const Table& table) {
  std::vector<std::size_t> order(table.size(plan));
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return table.id_at(plan, a) < table.id_at(plan, b); });
  return order;
}

[[noreturn]] void refuse(std::string_view bytes, std::string_view source, const pugi::xml_node& node, const std::string& reason) {
  throw Error(ErrorCode::bad_value, tr("“{file}”, {place}: {reason}", {{"file", source}, {"place", position_in(bytes, node.offset_debug())}, {"reason", reason}}));
}

void read_record(Plan& plan, std::string_view bytes, std::string_view source, const pugi::xml_node& node, std::unordered_set<std::string>& ids) {
  const auto* table = table_of(node.name());
  if (!table) refuse(bytes, source, node, tr("there is no kind of record “{kind}”.", {{"kind", shortened(clean_utf8(node.name()), 60)}}));
  const std::string id = node.attribute("id").value();
  if (!is_valid_id(id)) refuse(bytes, source, node, tr("the {kind} has no usable id (letters, digits, - _ and .).", {{"kind", node.name()}}));
  if (!ids.insert(id).second) refuse(bytes, source, node, tr("the id “{id}” occurs twice.", {{"id", id}}));
  void* record = table->append(plan, Id{id});
  for (const auto& attribute : node.attributes()) {
    if (std::string_view(attribute.name()) == "id") continue;
    const auto* field = table->info->field(attribute.name());
    if (!field) refuse(bytes, source, node, tr("a {kind} has no field “{key}”.", {{"kind", node.name()}, {"key", shortened(clean_utf8(attribute.name()), 60)}}));
    try {
      field->set_text(record, attribute.value());
    } catch (const Error& error) {
      refuse(bytes, source, node, tr("{kind} {id}: {reason}", {{"kind", node.name()}, {"id", id}, {"reason", error.what()}}));
    }
  }
}

}  // namespace

std::string plan_to_xml(const Plan& plan, bool content_only) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plan format=\"1\">\n";
  for (const auto& table : Plan::tables()) {
    if (content_only && table.info->operating) continue;
    for (const auto i : by_id(plan, table)) {
      const void* record = table.at(plan, i);
      out += "  <";
      out += table.info->kind;
      append_attribute(out, "id", table.id_at(plan, i).text);
      for (const auto& field : table.info->fields) {
        if (content_only && field.field_class == FieldClass::operating) continue;
        if (const auto text = field.text(record); !text.empty()) append_attribute(out, field.key, text);
      }
      out += "/>\n";
    }
  }
  return out + "</plan>\n";
}

Plan plan_from_xml(std::string_view bytes, std::string_view source) {
  const auto document = parse_xml(bytes, source);
  const auto root = document.document_element();
  if (std::string_view(root.name()) != "plan") throw Error(ErrorCode::bad_value, tr("“{file}” is XML, but not a Mainstay plan: its root is not <plan>.", {{"file", source}}));
  if (root.attribute("format").value() != format_number)
    throw Error(ErrorCode::bad_value, tr("“{file}” is plan XML of format “{format}”; this program reads format {known}.",
                                         {{"file", source}, {"format", shortened(clean_utf8(root.attribute("format").value()), 20)}, {"known", format_number}}));
  Plan plan;
  std::unordered_set<std::string> ids;
  for (const auto& node : root.children())
    if (node.type() == pugi::node_element) read_record(plan, bytes, source, node, ids);
  return plan;
}

std::string content_hash(const Plan& plan) { return sha256_hex(plan_to_xml(plan, true)); }

}  // namespace mainstay

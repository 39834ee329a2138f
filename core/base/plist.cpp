// SPDX-License-Identifier: MIT
#include "core/base/plist.h"

#include <plist/plist.h>

#include <charconv>
#include <cstdlib>
#include <cmath>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/xml.h"

namespace mainstay {
namespace {

constexpr std::size_t largest_list = std::size_t(8) << 20;
constexpr int deepest = 64;
constexpr int most_values = 200'000;
constexpr std::int64_t seconds_1970_to_2001 = 978'307'200;

[[noreturn]] void damaged(std::string_view source) {
  throw Error(ErrorCode::bad_value, tr("“{file}” is damaged or cut short: it is no property list that can be read.", {{"file", source}}));
}

// ---- XML -------------------------------------------------------------------------------------------------------------------

Plist from_xml(const pugi::xml_node& node, std::string_view source) {
  Plist value;
  const auto name = local_name(node);
  const std::string text = node.text().get();
  if (name == "dict") {
    value.type = Plist::Type::dict;
    for (auto child = node.first_child(); child; child = child.next_sibling()) {
      if (child.type() != pugi::node_element) continue;
      if (local_name(child) != "key") damaged(source);
      const std::string key = child.text().get();
      do child = child.next_sibling();
      while (child && child.type() != pugi::node_element);
      if (!child) damaged(source);
      value.members.emplace_back(key, from_xml(child, source));
    }
  } else if (name == "array") {
    value.type = Plist::Type::array;
    for (const auto& child : node.children())
      if (child.type() == pugi::node_element) value.items.push_back(from_xml(child, source));
  } else if (name == "true" || name == "false") {
    value.type = Plist::Type::boolean;
    value.flag = name == "true";
  } else if (name == "integer") {
    const auto digits = trimmed(text);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value.integer);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) damaged(source);
    value.type = Plist::Type::integer;
  } else if (name == "real") {
    const auto digits = trimmed(text);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value.real);
    if (read.ec != std::errc()) damaged(source);
    value.type = Plist::Type::real;
  } else if (name == "date") {
    const auto date = parse_instant(trimmed(text));
    if (!date) damaged(source);
    value.type = Plist::Type::date;
    value.date = *date;
  } else if (name == "string") {
    value.type = Plist::Type::text;
    value.text = text;
  } else if (name == "data") {
    value.type = Plist::Type::data;
    value.text = text;
  } else {
    damaged(source);
  }
  return value;
}

// ---- binary ----------------------------------------------------------------------------------------------------------------

/// Walks a binary list before the library reads it: the library follows shared parts again for each use and nests calls, so a
/// small hostile file could use up memory or stack.
class BinaryBounds {
 public:
  explicit BinaryBounds(std::string_view bytes) : bytes_(bytes) {}

  bool fits() {
    if (bytes_.size() < 8 + 32) return false;
    const auto trailer = bytes_.size() - 32;
    offset_size_ = byte(trailer + 6);
    reference_size_ = byte(trailer + 7);
    count_ = number(trailer + 8, 8);
    const auto top = number(trailer + 16, 8);
    table_ = number(trailer + 24, 8);
    if (offset_size_ < 1 || offset_size_ > 8 || reference_size_ < 1 || reference_size_ > 8) return false;
    if (table_ < 8 || table_ > trailer || count_ == 0 || count_ > (trailer - table_) / offset_size_ || top >= count_) return false;
    return visit(top, 0);
  }

 private:
  std::uint64_t byte(std::size_t at) const { return static_cast<unsigned char>(bytes_[at]); }
  std::uint64_t number(std::size_t at, std::uint64_t size) const {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8 | byte(at + i);
    return value;
  }
  bool visit(std::uint64_t index, int depth) {
    if (depth > deepest || ++values_ > most_values || index >= count_) return false;
    std::uint64_t at = number(table_ + index * offset_size_, offset_size_);
    if (at < 8 || at >= table_) return false;
    const auto marker = byte(at++);
    const auto kind = marker >> 4;
    std::uint64_t length = marker & 15;
    if (kind < 4) return at + (std::uint64_t(1) << (kind == 0 ? 0 : length)) <= table_ + 1 && (kind == 0 || length <= 4);
    if (length == 15 && kind != 8) {
      if (at >= table_) return false;
      const auto size_marker = byte(at++);
      if (size_marker >> 4 != 1 || (size_marker & 15) > 3) return false;
      const std::uint64_t size = std::uint64_t(1) << (size_marker & 15);
      if (at + size > table_) return false;
      length = number(at, size);
      at += size;
    }
    if (length > table_) return false;
    const std::uint64_t parts = kind == 13 ? length * 2 : length;
    if (kind != 10 && kind != 12 && kind != 13) return at + (kind == 6 ? length * 2 : kind == 8 ? length + 1 : length) <= table_;
    if (parts > (table_ - at) / reference_size_) return false;
    for (std::uint64_t i = 0; i < parts; ++i)
      if (!visit(number(at + i * reference_size_, reference_size_), depth + 1)) return false;
    return true;
  }

  std::string_view bytes_;
  std::uint64_t offset_size_ = 0, reference_size_ = 0, count_ = 0, table_ = 0;
  int values_ = 0;
};

Plist from_library(plist_t node) {
  Plist value;
  switch (plist_get_node_type(node)) {
    case PLIST_BOOLEAN: {
      std::uint8_t flag = 0;
      plist_get_bool_val(node, &flag);
      value.type = Plist::Type::boolean;
      value.flag = flag != 0;
      break;
    }
    case PLIST_UINT: {
      std::uint64_t number = 0;
      plist_get_uint_val(node, &number);
      value.type = Plist::Type::integer;
      value.integer = static_cast<std::int64_t>(number);
      break;
    }
    case PLIST_REAL:
      plist_get_real_val(node, &value.real);
      value.type = Plist::Type::real;
      break;
    case PLIST_STRING: {
      std::uint64_t length = 0;
      const char* text = plist_get_string_ptr(node, &length);
      value.type = Plist::Type::text;
      if (text) value.text.assign(text, length);
      break;
    }
    case PLIST_DATA: {
      std::uint64_t length = 0;
      const char* bytes = plist_get_data_ptr(node, &length);
      value.type = Plist::Type::data;
      if (bytes) value.text.assign(bytes, length);
      break;
    }
    case PLIST_DATE: {
      std::int32_t seconds = 0, fraction = 0;
      plist_get_date_val(node, &seconds, &fraction);
      value.type = Plist::Type::date;
      value.date = Instant(seconds + seconds_1970_to_2001);
      break;
    }
    case PLIST_ARRAY: {
      value.type = Plist::Type::array;
      const auto count = plist_array_get_size(node);
      for (std::uint32_t i = 0; i < count; ++i) value.items.push_back(from_library(plist_array_get_item(node, i)));
      break;
    }
    case PLIST_DICT: {
      value.type = Plist::Type::dict;
      plist_dict_iter step = nullptr;
      plist_dict_new_iter(node, &step);
      for (;;) {
        char* key = nullptr;
        plist_t child = nullptr;
        plist_dict_next_item(node, step, &key, &child);
        if (!child) { std::free(key); break; }
        value.members.emplace_back(key ? key : "", from_library(child));
        std::free(key);
      }
      std::free(step);
      break;
    }
    default: break;
  }
  return value;
}

Plist from_binary(std::string_view bytes, std::string_view source) {
  if (!BinaryBounds(bytes).fits()) damaged(source);
  plist_t root = nullptr;
  plist_from_bin(bytes.data(), static_cast<std::uint32_t>(bytes.size()), &root);
  if (!root) damaged(source);
  const std::unique_ptr<void, void (*)(plist_t)> held(root, plist_free);
  return from_library(root);
}

}  // namespace

const Plist* Plist::find(std::string_view key) const {
  for (const auto& [name, value] : members)
    if (name == key) return &value;
  return nullptr;
}

std::int64_t Plist::integer_or(std::string_view key, std::int64_t other) const {
  const auto* member = find(key);
  if (!member) return other;
  if (member->type == Type::integer) return member->integer;
  if (member->type == Type::real && std::abs(member->real) < 9e15) return static_cast<std::int64_t>(member->real);
  return other;
}

Plist parse_plist(std::string_view bytes, std::string_view source) {
  if (bytes.size() > largest_list) throw Error(ErrorCode::bad_value, tr("“{file}” is larger than 8 MB and was not read.", {{"file", source}}));
  if (bytes.starts_with("bplist00")) return from_binary(bytes, source);
  const auto document = parse_xml(bytes, source);
  const auto root = document.document_element();
  if (local_name(root) != "plist") damaged(source);
  for (const auto& child : root.children())
    if (child.type() == pugi::node_element) return from_xml(child, source);
  damaged(source);
}

}  // namespace mainstay

// SPDX-License-Identifier: MIT
// Feeds are large and come from outside: both readers hold one record at a time, and bound its size, its depth and the length of any single text.
#include "core/exchange/feed_node.h"

#include <expat.h>

#include <nlohmann/json.hpp>

#include "core/base/encoding.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/xml.h"

namespace mainstay {
namespace {

constexpr int deepest = 64;
constexpr std::size_t largest_record = std::size_t(4) << 20, most_nodes = 100'000, longest_silence = std::size_t(8) << 20;

/// Builds one record and keeps its bounds.
class RecordBuilder {
 public:
  bool building() const { return !open_.empty(); }
  void begin(std::string name) {
    root_ = {};
    root_.name = std::move(name);
    open_ = {&root_};
    bytes_ = nodes_ = 0;
  }
  // A parent gets no second child while the first is open, so the pointers to the open ones stay true.
  bool open(std::string name) {
    bytes_ += name.size();
    auto& node = open_.back()->children.emplace_back();
    node.name = std::move(name);
    open_.push_back(&node);
    return ++nodes_ < most_nodes && fits(0);
  }
  bool text(std::string_view text) {
    open_.back()->text += text;
    return fits(text.size());
  }
  /// True where this closed the record itself.
  bool close() {
    open_.pop_back();
    return open_.empty();
  }
  FeedNode take() { return std::move(root_); }

 private:
  bool fits(std::size_t more) { return (bytes_ += more) <= largest_record; }
  FeedNode root_;
  std::vector<FeedNode*> open_;
  std::size_t bytes_ = 0, nodes_ = 0;
};

enum class Trouble { none, deep, large, silent, entities };

[[noreturn]] void refuse(Trouble trouble, std::string_view name) {
  switch (trouble) {
    case Trouble::deep: throw Error(ErrorCode::bad_value, tr("“{file}” nests deeper than {count} levels, which no recall does; it was not read.", {{"file", name}, {"count", deepest}}));
    case Trouble::entities: refuse_entities(name);
    default: throw Error(ErrorCode::bad_value, tr("“{file}” holds a record larger than any recall (4 MB); it was not read.", {{"file", name}}));
  }
}

// --- JSON -----------------------------------------------------------------------------------------------------------------------

/// The bytes of a source one by one, for the parser's iterator; ends early where nothing has been understood for too long.
class Bytes {
 public:
  explicit Bytes(const ByteSource& source) : source_(source), buffer_(64 << 10) {}
  bool fill() {
    if (at_ < size_) return true;
    if (silent_ > longest_silence) return false;
    size_ = source_(buffer_.data(), buffer_.size());
    at_ = 0;
    silent_ += size_;
    return size_ > 0;
  }
  char now() const { return buffer_[at_]; }
  void step() { ++at_; }
  void heard() { silent_ = 0; }
  bool too_silent() const { return silent_ > longest_silence; }

 private:
  const ByteSource& source_;
  std::vector<char> buffer_;
  std::size_t at_ = 0, size_ = 0, silent_ = 0;
};

struct ByteIterator {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = char;
  Bytes* bytes = nullptr;
  char operator*() const { return bytes->now(); }
  ByteIterator& operator++() { bytes->step(); return *this; }
  void operator++(int) { bytes->step(); }
  bool operator==(const ByteIterator&) const { return !bytes->fill(); }  // only ever held against the end
  bool operator!=(const ByteIterator& other) const { return !(*this == other); }
};

class JsonRecords {
 public:
  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = nlohmann::json::string_t;
  using binary_t = nlohmann::json::binary_t;

  JsonRecords(Bytes& bytes, const NodeSink& sink) : bytes_(bytes), sink_(sink) {}

  bool null() { return value(""); }
  bool boolean(bool b) { return value(b ? "true" : "false"); }
  bool number_integer(number_integer_t n) { return value(std::to_string(n)); }
  bool number_unsigned(number_unsigned_t n) { return value(std::to_string(n)); }
  bool number_float(number_float_t, const string_t& text) { return value(text); }
  bool string(string_t& text) { return value(text); }
  bool binary(binary_t&) { return false; }
  bool key(string_t& text) {
    bytes_.heard();
    key_ = text;
    return true;
  }
  bool start_object(std::size_t) { return open('{'); }
  bool start_array(std::size_t) { return open('['); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception& error) {
    bad_encoding_ = std::string_view(error.what()).find("UTF-8") != std::string_view::npos;
    position_ = position;
    return false;
  }
  Trouble trouble() const { return trouble_; }
  bool bad_encoding() const { return bad_encoding_; }
  std::size_t position() const { return position_; }

 private:
  bool stop(Trouble trouble) {
    trouble_ = trouble;
    return false;
  }
  /// Items of the outermost list, the object `result`, and items of the list `result`.
  bool begins_record(char kind) const {
    if (path_.size() == 1) return path_[0] == '[' || (kind == '{' && key_ == "result");
    return path_.size() == 2 && path_ == "{[" && in_result_;
  }
  bool open(char kind) {
    bytes_.heard();
    if (static_cast<int>(path_.size()) >= deepest) return stop(Trouble::deep);
    if (record_.building()) {
      if (!record_.open(take_key())) return stop(Trouble::large);
    } else if (begins_record(kind)) {
      record_.begin(take_key());
    } else if (path_.size() == 1 && kind == '[') {
      in_result_ = key_ == "result";
    }
    path_ += kind;
    key_.clear();
    return true;
  }
  bool close() {
    bytes_.heard();
    path_.pop_back();
    key_.clear();
    if (record_.building() && record_.close()) sink_(record_.take());
    return true;
  }
  bool value(std::string_view text) {
    bytes_.heard();
    if (!record_.building()) return true;
    if (!record_.open(take_key()) || !record_.text(text)) return stop(Trouble::large);
    record_.close();
    return true;
  }
  std::string take_key() const { return path_.empty() || path_.back() == '[' ? std::string() : key_; }

  Bytes& bytes_;
  const NodeSink& sink_;
  RecordBuilder record_;
  std::string path_, key_;
  std::size_t position_ = 0;
  Trouble trouble_ = Trouble::none;
  bool in_result_ = false, bad_encoding_ = false;
};

// --- XML ------------------------------------------------------------------------------------------------------------------------

struct XmlRecords {
  XML_Parser parser = nullptr;
  const std::vector<std::string_view>* elements = nullptr;
  const NodeSink* sink = nullptr;
  RecordBuilder record;
  int depth = 0;
  std::size_t silent = 0;
  Trouble trouble = Trouble::none;
  std::exception_ptr thrown;

  void stop(Trouble why) {
    trouble = why;
    XML_StopParser(parser, XML_FALSE);
  }
};

std::string_view local(const char* name) {
  const std::string_view whole = name;
  const auto colon = whole.rfind(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

void on_start(void* data, const char* name, const char**) {
  auto& x = *static_cast<XmlRecords*>(data);
  x.silent = 0;
  if (++x.depth > deepest) return x.stop(Trouble::deep);
  const auto element = local(name);
  if (x.record.building()) {
    if (!x.record.open(std::string(element))) x.stop(Trouble::large);
  } else if (std::find(x.elements->begin(), x.elements->end(), element) != x.elements->end()) x.record.begin(std::string(element));
}

void on_end(void* data, const char*) {
  auto& x = *static_cast<XmlRecords*>(data);
  x.silent = 0;
  --x.depth;
  if (x.thrown || !x.record.building() || !x.record.close()) return;
  try {
    (*x.sink)(x.record.take());
  } catch (const std::exception&) {  // must not pass through the library's C code: thrown again behind it
    x.thrown = std::current_exception();
    XML_StopParser(x.parser, XML_FALSE);
  }
}

void on_text(void* data, const char* text, int length) {
  auto& x = *static_cast<XmlRecords*>(data);
  x.silent = 0;
  if (x.record.building() && !x.record.text({text, static_cast<std::size_t>(length)})) x.stop(Trouble::large);
}

void on_entity(void* data, const char*, int, const char*, int, const char*, const char*, const char*, const char*) { static_cast<XmlRecords*>(data)->stop(Trouble::entities); }

int on_encoding(void*, const char* name, XML_Encoding* info) {
  const auto wanted = lower_case(name);
  if (wanted != "windows-1252" && wanted != "cp1252") return XML_STATUS_ERROR;
  for (int byte = 0; byte < 256; ++byte) {
    const auto character = utf8_text(std::string(1, static_cast<char>(byte)));
    const auto b = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
    info->map[byte] = byte < 0x80 ? byte : character.size() == 2 ? (b(0) & 0x1F) << 6 | (b(1) & 0x3F) : (b(0) & 0x0F) << 12 | (b(1) & 0x3F) << 6 | (b(2) & 0x3F);
  }
  info->data = nullptr;
  info->convert = nullptr;
  info->release = nullptr;
  return XML_STATUS_OK;
}

}  // namespace

const FeedNode* FeedNode::child(std::string_view wanted) const {
  for (const auto& node : children)
    if (node.name == wanted) return &node;
  return nullptr;
}

const std::string& FeedNode::at(std::string_view wanted) const {
  static const std::string nothing;
  const auto* found = child(wanted);
  return found ? found->text : nothing;
}

std::vector<std::string> FeedNode::all(std::string_view list, std::string_view member) const {
  std::vector<std::string> texts;
  if (const auto* items = child(list))
    for (const auto& item : items->children)
      if (auto plain = plain_text(item.at(member)); !plain.empty() && std::find(texts.begin(), texts.end(), plain) == texts.end()) texts.push_back(std::move(plain));
  return texts;
}

void read_json_records(const ByteSource& source, std::string_view name, const NodeSink& sink) {
  Bytes bytes(source);
  JsonRecords records(bytes, sink);
  const ByteIterator begin{&bytes}, end{};
  if (nlohmann::json::sax_parse(begin, end, &records)) return;
  if (records.trouble() != Trouble::none) refuse(records.trouble(), name);
  if (bytes.too_silent()) refuse(Trouble::large, name);
  if (records.bad_encoding()) throw Error(ErrorCode::bad_value, tr("“{file}” is not in UTF-8 (byte {position}): it was saved by a program that changed its letters. Fetch it again.", {{"file", name}, {"position", records.position()}}));
  throw Error(ErrorCode::bad_value, tr("“{file}” is no complete JSON: it ends or breaks at byte {position}. Fetch it again.", {{"file", name}, {"position", records.position()}}));
}

void read_xml_records(const ByteSource& source, std::string_view name, const std::vector<std::string_view>& elements, const NodeSink& sink) {
  const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate(nullptr), XML_ParserFree);
  if (!parser) throw std::bad_alloc();
  XmlRecords x;
  x.parser = parser.get();
  x.elements = &elements;
  x.sink = &sink;
  XML_SetUserData(x.parser, &x);
  XML_SetElementHandler(x.parser, on_start, on_end);
  XML_SetCharacterDataHandler(x.parser, on_text);
  XML_SetEntityDeclHandler(x.parser, on_entity);
  XML_SetUnknownEncodingHandler(x.parser, on_encoding, nullptr);
  std::vector<char> buffer(64 << 10);
  for (bool last = false; !last;) {
    const auto size = source(buffer.data(), buffer.size());
    last = size == 0;
    x.silent += size;
    const auto status = XML_Parse(x.parser, buffer.data(), static_cast<int>(size), last);
    if (x.thrown) std::rethrow_exception(x.thrown);
    if (x.trouble == Trouble::none && x.silent > longest_silence) x.trouble = Trouble::silent;
    if (x.trouble != Trouble::none) refuse(x.trouble, name);
    if (status == XML_STATUS_ERROR)
      throw Error(ErrorCode::bad_value, tr("“{file}” is no complete XML: it ends or breaks at line {line} ({reason}). Fetch it again.",
                                           {{"file", name}, {"line", static_cast<long long>(XML_GetCurrentLineNumber(x.parser))}, {"reason", XML_ErrorString(XML_GetErrorCode(x.parser))}}));
  }
}

}  // namespace mainstay

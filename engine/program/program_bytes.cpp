// magic, layout, checksum, hash of the sources, the app's part, then one part a flow. A part is its
// types, then its fields along fields.hpp: numbers as varints, a name as a length and letters,
// tables of plain numbers as they lie in memory.
#include "engine/program/program_bytes.hpp"

#include <openssl/evp.h>

#include <array>
#include <bit>
#include <cstring>

#include "engine/program/fields.hpp"
#include "engine/program/names.hpp"
#include "engine/program/type_bytes.hpp"
#include "engine/program/verify.hpp"

namespace alur::program {

using value::ByteReader;
using value::ByteWriter;

namespace {

constexpr std::string_view magic = "alurprog";
constexpr std::uint64_t format_version = 4;
constexpr std::size_t checksum_bytes = 32;
constexpr std::size_t sealed_from = magic.size() + 8 + checksum_bytes;
constexpr std::size_t reserved_max = 1'024;
constexpr std::size_t languages_max = 64;

template <class T>
constexpr bool is_plain =
    std::is_trivially_copyable_v<T> && std::has_unique_object_representations_v<T>;
static_assert(is_plain<Instruction> && sizeof(Instruction) == 12);
static_assert(is_plain<Node> && sizeof(Node) == 12);
static_assert(is_plain<Place> && is_plain<Range> && is_plain<Text> && is_plain<Site>);
static_assert(is_plain<TextPart> && sizeof(TextPart) == 20);
static_assert(is_plain<Call> && is_plain<Departure> && is_plain<Match> && is_plain<Trigger>);
static_assert(is_plain<value::PluralCategory> && is_plain<Index>);

// Whatever else the meaning of the bytes depends on: the words of the tables, the machine.
std::uint64_t layout() {
  std::string words;
#define INSTRUCTION(name, operands, meaning) words += #name "(" operands ")";
#include "engine/program/instruction.def"
#undef INSTRUCTION
#define NODE(name, operands, meaning) words += #name "(" operands ")";
#include "engine/program/node.def"
#undef NODE
#define FUNCTION(name, meaning) words += #name ",";
#include "engine/program/function.def"
#undef FUNCTION
#define FILTER(name, meaning) words += #name ",";
#include "engine/program/filter.def"
#undef FILTER
#define SYSTEM_TEXT(name, when, id, en) words += #name ",";
#include "engine/program/system_text.def"
#undef SYSTEM_TEXT
#define MISMATCH(name, meaning) words += #name ",";
#include "engine/value/mismatch.def"
#undef MISMATCH
  words += std::endian::native == std::endian::little ? 'l' : 'b';
  words += static_cast<char>(sizeof(void*));
  return phrase_hash(words) + format_version;
}

// --- writing

class PartWriter {
 public:
  explicit PartWriter(std::string& out) : bytes_(out), out_(out) {}

  template <class... Fields>
  void operator()(const Fields&... all) {
    (put(all), ...);
  }
  const TypeWriter& types() const { return types_; }

 private:
  void put(bool flag) { out_.boolean(flag); }
  void put(std::uint8_t number) { out_.byte(number); }
  void put(std::uint16_t number) { out_.varint(number); }
  void put(std::uint32_t number) { out_.varint(number + std::uint32_t{1}); }  // none is 0
  void put(std::uint64_t number) { out_.fixed64(number); }
  void put(std::int32_t number) { out_.zigzag(number); }
  void put(std::int64_t number) { out_.zigzag(number); }
  void put(const std::string& text) { out_.text(text); }
  void put(const value::Value& value) { value::encode_value(value, out_); }
  void put(const value::TypeRef& type) { out_.varint(types_.number(type)); }
  void put(const PhraseTable& table) {
    put(std::vector(table.exact().begin(), table.exact().end()));
    put(std::vector(table.patterns().begin(), table.patterns().end()));
    put(std::vector(table.elements().begin(), table.elements().end()));
    out_.text(table.strings());
  }
  template <class T, std::size_t n>
  void put(const std::array<T, n>& rows) {
    for (const T& row : rows) put(row);
  }
  template <class T>
  void put(const std::vector<T>& rows) {
    out_.varint(rows.size());
    if constexpr (is_block<T>) {
      const std::size_t begin = bytes_.size();
      bytes_.resize(begin + rows.size() * sizeof(T));
      if (!rows.empty()) std::memcpy(bytes_.data() + begin, rows.data(), rows.size() * sizeof(T));
    } else {
      for (const T& row : rows) put(row);
    }
  }
  template <class T>
  void put(const T& row) {
    if constexpr (std::is_enum_v<T>) {
      out_.byte(static_cast<std::uint8_t>(row));
    } else {
      fields(row, *this);
    }
  }

  std::string& bytes_;
  ByteWriter out_;
  TypeWriter types_;
};

template <class Row>
std::string encode_part(const Row& row) {
  std::string body;
  PartWriter writer(body);
  fields(row, writer);
  std::string part;
  ByteWriter out(part);
  writer.types().write(out);
  out.bytes(body);
  return part;
}

// --- reading

class PartReader {
 public:
  explicit PartReader(std::string_view bytes) : in_(bytes), types_(in_) {}

  template <class... Fields>
  void operator()(Fields&... all) {
    (get(all), ...);
  }
  bool finished() const { return in_.finished(); }

 private:
  template <class T>
  T narrow(std::uint64_t number) {
    if (number > std::numeric_limits<T>::max()) in_.fail();
    return static_cast<T>(number);
  }
  void get(bool& flag) { flag = in_.boolean(); }
  void get(std::uint8_t& number) { number = in_.byte(); }
  void get(std::uint16_t& number) { number = narrow<std::uint16_t>(in_.varint()); }
  void get(std::uint32_t& number) {
    number = narrow<std::uint32_t>(in_.varint()) - std::uint32_t{1};
  }
  void get(std::uint64_t& number) { number = in_.fixed64(); }
  void get(std::int32_t& number) {
    const std::int64_t wide = in_.zigzag();
    if (!std::in_range<std::int32_t>(wide)) in_.fail();
    number = static_cast<std::int32_t>(wide);
  }
  void get(std::int64_t& number) { number = in_.zigzag(); }
  void get(std::string& text) { text = in_.text(); }
  void get(value::Value& value) { value = value::decode_value(in_); }
  void get(value::TypeRef& type) {
    bool known = true;
    type = types_.type(narrow<std::uint32_t>(in_.varint()), known);
    if (!known) in_.fail();
  }
  void get(PhraseTable& table) {
    PhraseTable::Tables tables;
    (*this)(tables.exact, tables.patterns, tables.elements, tables.strings);
    table = PhraseTable::from_tables(std::move(tables));
  }
  template <class T, std::size_t n>
  void get(std::array<T, n>& rows) {
    for (T& row : rows) get(row);
  }
  template <class T>
  void get(std::vector<T>& rows) {
    if constexpr (is_block<T>) {
      const std::size_t count = in_.count(sizeof(T));
      const std::string_view raw = in_.bytes(count * sizeof(T));
      rows.resize(raw.size() / sizeof(T));
      if (!rows.empty()) std::memcpy(rows.data(), raw.data(), raw.size());
    } else {
      // Garbage may claim more rows than follow: what is not there is not made room for.
      const std::size_t count = in_.count(1);
      rows.reserve(std::min(count, reserved_max));
      for (std::size_t i = 0; i < count && in_.ok(); ++i) get(rows.emplace_back());
    }
  }
  template <class T>
  void get(T& row) {
    if constexpr (std::is_enum_v<T>) {
      row = static_cast<T>(in_.byte());
    } else {
      fields(row, *this);
    }
  }

  ByteReader in_;
  TypeReader types_;
};

template <class Row>
bool decode_part(std::string_view bytes, Row& row) {
  PartReader reader(bytes);
  fields(row, reader);
  return reader.finished();
}

bool decode_app(std::string_view bytes, App& app) {
  ByteReader in(bytes);
  auto unit = std::make_shared<Unit>();
  const bool read = decode_part(in.text(), app) && decode_part(in.text(), *unit) && in.finished();
  if (!read || app.languages.size() > languages_max) return false;
  app.unit = std::move(unit);
  app.prepare();
  return true;
}

// --- the whole

std::array<unsigned char, checksum_bytes> checksum(std::string_view bytes) {
  std::array<unsigned char, checksum_bytes> sum{};
  EVP_Digest(bytes.data(), bytes.size(), sum.data(), nullptr, EVP_sha256(), nullptr);
  return sum;
}

bool is_sealed(std::string_view bytes) {
  const auto sum = checksum(bytes.substr(sealed_from));
  return std::memcmp(sum.data(), bytes.data() + sealed_from - checksum_bytes, sum.size()) == 0;
}

bool is_ours(std::string_view bytes) {
  if (bytes.size() < sealed_from || !bytes.starts_with(magic)) return false;
  ByteReader in(bytes.substr(magic.size()));
  return in.fixed64() == layout();
}

ReadProgram refuse(std::string why) {
  return {nullptr, "the compiled program " + std::move(why)};
}

}  // namespace

std::string encode_app(const App& app) {
  std::string part;
  ByteWriter out(part);
  out.text(encode_part(app));
  out.text(encode_part(*app.unit));
  return part;
}

std::string encode_unit(const Unit& unit) {
  return encode_part(unit);
}

std::string join_program(std::string_view hash, std::string_view app,
                         std::span<const std::string> units) {
  std::string bytes(magic);
  ByteWriter out(bytes);
  out.fixed64(layout());
  bytes.resize(sealed_from);
  out.text(hash);
  out.text(app);
  out.varint(units.size());
  for (const std::string& unit : units) out.text(unit);
  seal_program(bytes);
  return bytes;
}

std::string encode_program(const Program& program) {
  std::vector<std::string> units;
  for (Index i = 1; i < program.unit_count(); ++i) units.push_back(encode_unit(program.unit(i)));
  return join_program(program.hash(), encode_app(program.app()), units);
}

void seal_program(std::string& bytes) {
  if (bytes.size() < sealed_from) return;
  const auto sum = checksum(std::string_view(bytes).substr(sealed_from));
  std::memcpy(bytes.data() + sealed_from - checksum_bytes, sum.data(), sum.size());
}

std::string_view peek_hash(std::string_view bytes) {
  if (!is_ours(bytes)) return {};
  ByteReader in(bytes.substr(sealed_from));
  return in.text();
}

ReadProgram decode_program(std::string_view bytes) {
  if (!is_ours(bytes)) return refuse("was written by another build of alur");
  if (!is_sealed(bytes)) return refuse("is damaged: its checksum is wrong");
  ByteReader in(bytes.substr(sealed_from));
  std::string hash(in.text());
  auto app = std::make_shared<App>();
  if (!decode_app(in.text(), *app)) return refuse("is damaged: its app cannot be read");
  std::vector<std::shared_ptr<const Unit>> flows;
  for (std::size_t left = in.count(1); left > 0 && in.ok(); --left) {
    auto unit = std::make_shared<Unit>();
    if (!decode_part(in.text(), *unit)) return refuse("is damaged: a flow cannot be read");
    flows.push_back(std::move(unit));
  }
  if (!in.finished()) return refuse("is damaged: its parts do not fill it");
  Problems problems;
  verify_app(*app, problems);
  for (const std::shared_ptr<const Unit>& flow : flows) verify_unit(*app, *flow, problems);
  if (problems.empty()) verify_names(*app, flows, problems);
  if (!problems.empty()) return refuse("is damaged: " + problems.front());
  auto program = Program::link(std::move(app), std::move(flows), std::move(hash));
  verify_links(*program, problems);
  if (!problems.empty()) return refuse("is damaged: " + problems.front());
  return {std::move(program), {}};
}

}  // namespace alur::program

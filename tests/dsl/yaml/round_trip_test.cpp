// Random trees, written down in random YAML, are read back as they were; and every scalar of a
// file, cut out of the source by its range, reads as the same text again.
#include <gtest/gtest.h>

#include <cctype>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/dsl/yaml/reading.hpp"

namespace alur::dsl {
namespace {

struct Value {
  NodeKind kind = NodeKind::null;
  std::string text;
  std::vector<Value> items;
  std::vector<std::string> keys;  // one for each item of a map
};

class Writer {
 public:
  explicit Writer(std::uint64_t seed) : random_(seed) {}

  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }

  Value make_value(int depth) {
    Value value;
    const std::size_t kind = below(depth > 3 ? 2 : 5);
    if (kind == 0) return value;
    if (kind < 3) {
      value.kind = NodeKind::scalar;
      value.text = make_text();
      return value;
    }
    value.kind = kind == 3 ? NodeKind::list : NodeKind::map;
    const std::size_t count = 1 + below(4);
    for (std::size_t i = 0; i < count; ++i) {
      value.items.push_back(make_value(depth + 1));
      value.keys.push_back("key_" + std::to_string(i));
    }
    return value;
  }

  // As the value of `key:` or after `-`, in a block indented by `indent`.
  std::string write(const Value& value, std::size_t indent) {
    switch (value.kind) {
      case NodeKind::null:
        return below(2) == 0 ? "\n" : " ~\n";
      case NodeKind::scalar:
        return write_scalar(value.text, indent);
      default:
        return below(5) == 0 && is_flat(value) ? ' ' + write_flow(value) + '\n'
                                               : '\n' + write_block(value, indent);
    }
  }

  std::string write_block(const Value& value, std::size_t indent) {
    std::string out;
    const std::size_t deeper = indent + 1 + below(4);
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      out += make_filler() + std::string(indent, ' ');
      out += value.kind == NodeKind::list ? "-" : value.keys[i] + ":";
      out += write(value.items[i], deeper);
    }
    return out;
  }

 private:
  std::string make_word() {
    static const char* const words[] = {"halo", "Ya,",  "a#b", "it's", "\"so\"",     "{x}",
                                        "é😀",  "8:30", "*b*", "[c]",  "x&y",        "-",
                                        "?",    "100%", "#1",  "a:",   "back\\slash"};
    return words[below(std::size(words))];
  }

  std::string make_text() {
    std::string text = make_word();
    for (std::size_t i = below(6); i > 0; --i) text += (below(8) == 0 ? '\n' : ' ') + make_word();
    return text;
  }

  std::string make_filler() {
    if (below(10) == 0) return "\n";
    return below(10) == 0 ? "# why not\n" : "";
  }

  static bool is_plain(const std::string& text) {
    for (const char c : text) {
      const bool letter = std::isalnum(static_cast<unsigned char>(c)) != 0;
      if (!letter && c != ' ' && (static_cast<unsigned char>(c) & 0x80U) == 0) return false;
    }
    return !text.empty();
  }

  static bool is_flat(const Value& value) {
    for (const Value& item : value.items) {
      if (item.kind != NodeKind::scalar) return false;
    }
    return true;
  }

  std::string write_flow(const Value& value) {
    const bool list = value.kind == NodeKind::list;
    std::string out = list ? "[" : "{";
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      if (i > 0) out += below(3) == 0 ? ",\n     " : ", ";
      if (!list) out += value.keys[i] + ": ";
      out += quote(value.items[i].text);
    }
    return out + (list ? "]" : "}");
  }

  std::string write_scalar(const std::string& text, std::size_t indent) {
    const bool one_line = text.find('\n') == std::string::npos;
    switch (below(4)) {
      case 0:
        return " |\n" + indented(text, indent);
      case 1:
        if (one_line) return " >\n" + indented(break_up(text), indent);
        break;
      case 2:
        if (is_plain(text)) return ' ' + hang(text, indent) + "  # why not\n";
        break;
      default:
        break;
    }
    return ' ' + quote(text) + '\n';
  }

  std::string quote(const std::string& text) {
    const bool single = text.find('\n') == std::string::npos && below(2) == 0;
    std::string out;
    for (const char c : text) {
      if (single) {
        out += c == '\'' ? "''" : std::string(1, c);
      } else if (c == '\n') {
        out += "\\n";
      } else if (c == ' ' && below(8) == 0) {
        out += "\\x20";
      } else {
        out += (c == '"' || c == '\\' ? "\\" : "") + std::string(1, c);
      }
    }
    return single ? '\'' + out + '\'' : '"' + out + '"';
  }

  std::string indented(const std::string& text, std::size_t indent) {
    std::string out(indent, ' ');
    for (const char c : text) {
      out += c;
      if (c == '\n') out += std::string(indent, ' ');
    }
    return out + '\n';
  }

  std::string break_up(std::string text) {
    for (char& c : text) c = c == ' ' && below(3) == 0 ? '\n' : c;
    return text;
  }

  std::string hang(const std::string& text, std::size_t indent) {
    std::string out;
    for (const char c : break_up(text)) {
      out += c == '\n' ? std::string("  \n") + std::string(indent + 2, ' ') : std::string(1, c);
    }
    return out;
  }

  std::mt19937_64 random_;
};

void expect_same(const Node& node, const Value& value) {
  ASSERT_EQ(node.kind(), value.kind);
  ASSERT_EQ(node.text(), value.text);
  const bool list = value.kind == NodeKind::list;
  ASSERT_EQ(node.items().size(), list ? value.items.size() : 0);
  ASSERT_EQ(node.entries().size(), value.kind == NodeKind::map ? value.items.size() : 0);
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    if (!list) {
      ASSERT_EQ(node.entries()[i].key.text(), value.keys[i]);
    }
    expect_same(list ? node.items()[i] : node.entries()[i].value, value.items[i]);
  }
}

void expect_scalars_read_alone(const Reading& reading, const Node& node) {
  if (node.is_scalar()) {
    const std::string alone = "a: " + std::string(reading.source_of(node.span())) + "\n";
    const Reading again(alone);
    ASSERT_EQ(again.root().find("a")->text(), node.text()) << alone;
    ASSERT_EQ(again.root().find("a")->style(), node.style());
  }
  for (const Node& item : node.items()) expect_scalars_read_alone(reading, item);
  for (const Entry& entry : node.entries()) {
    expect_scalars_read_alone(reading, entry.key);
    expect_scalars_read_alone(reading, entry.value);
  }
}

// A file with a mistake is read in another way: not abridged, and more than once.
void expect_same_with_a_mistake_after(const Reading& reading, const std::string& yaml) {
  if (!reading.root().is_map()) return;
  const Reading other(yaml + "mistake: *x\n");
  ASSERT_EQ(other.codes(), "S054");
  const std::string dump = reading.dump();
  const std::string below_root = dump.substr(dump.find('\n'));
  ASSERT_EQ(other.dump().substr(other.dump().find('\n'), below_root.size()), below_root) << yaml;
}

void expect_round_trip(std::uint64_t seed, bool carriage_returns) {
  Writer writer(seed);
  Value value;
  while (value.items.empty()) value = writer.make_value(0);
  std::string yaml = writer.write_block(value, 0);
  for (std::size_t at = 0; carriage_returns && at < yaml.size(); ++at) {
    if (yaml[at] == '\n') yaml.insert(at++, 1, '\r');
  }
  const Reading reading(yaml);
  ASSERT_EQ(reading.rendered(), "") << yaml;
  expect_same(reading.root(), value);
  expect_scalars_read_alone(reading, reading.root());
  expect_same_with_a_mistake_after(reading, yaml);
}

TEST(RoundTrip, random_trees) {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    expect_round_trip(seed, seed % 3 == 0);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace alur::dsl

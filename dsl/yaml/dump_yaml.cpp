#include "dsl/yaml/dump_yaml.hpp"

#include <fmt/format.h>

#include <string_view>

namespace alur::dsl {
namespace {

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned>(byte));
    } else {
      out += c;
    }
  }
  return out;
}

class Dump {
 public:
  explicit Dump(const SourceFile& file) : file_(file) {}

  void add(const Node& node, int depth, std::string_view role) {
    const Position begin = file_.position(node.span().begin);
    const Position end = file_.position(node.span().end);
    out_ += fmt::format("{:{}}{}:{}-{}:{} {}", "", depth * 2, begin.line, begin.column, end.line,
                        end.column, role);
    if (node.is_scalar()) {
      out_ += fmt::format("{} \"{}\"\n", to_text(node.style()), escape(node.text()));
    } else {
      out_ += fmt::format("{}\n", to_text(node.kind()));
    }
    for (const Node& item : node.items()) add(item, depth + 1, "");
    for (const Entry& entry : node.entries()) {
      add(entry.key, depth + 1, "key ");
      add(entry.value, depth + 2, "");
    }
  }

  std::string take() { return std::move(out_); }

 private:
  const SourceFile& file_;
  std::string out_;
};

}  // namespace

std::string dump_yaml(const SourceFile& file, const Document& document) {
  Dump dump(file);
  dump.add(document.root(), 0, "");
  return dump.take();
}

}  // namespace alur::dsl

#include "tools/chat/screen.hpp"

#include <fmt/format.h>

#include "engine/value/code_points.hpp"
#include "engine/value/text.hpp"

namespace alur::tools {

using machine::Shown;

namespace {

constexpr std::string_view bot_margin = "  ";
constexpr std::string_view choice_margin = "      ";

std::string paint(std::string_view text, std::string_view code, bool colour) {
  return colour ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

// A terminal obeys control characters, and marks of direction hide what is there; what citizens and
// data bring must do neither.
bool is_harmful(char32_t c) {
  const bool control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c <= 0x9f);
  const bool direction = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
  return control || direction;
}

std::string harmless(std::string_view text) {
  std::string out;
  for (value::CodePoints points(text); !points.at_end();) {
    const char32_t c = points.next();
    value::append_utf8(is_harmful(c) ? U'?' : c, out);
  }
  return out;
}

void wrap_line(std::string_view line, std::size_t columns, std::string_view margin,
               std::string& out) {
  std::size_t used = 0;
  if (!line.empty()) out += margin;
  while (!line.empty()) {
    const std::size_t blank = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, blank);
    const std::size_t width = value::display_width(word);
    if (used > 0 && used + 1 + width > columns) {
      while (out.back() == ' ') out.pop_back();
      out += '\n';
      out += margin;
      used = 0;
    } else if (used > 0) {
      out += ' ';
      ++used;
    }
    out += word;
    used += width;
    line.remove_prefix(std::min(blank + 1, line.size()));
  }
  out += '\n';
}

}  // namespace

std::string wrapped(std::string_view text, std::size_t columns, std::string_view margin) {
  const std::size_t room = std::max<std::size_t>(columns, margin.size() + 20) - margin.size();
  std::string out;
  while (true) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    wrap_line(text.substr(0, end), room, margin, out);
    if (end == text.size()) return out;
    text.remove_prefix(end + 1);
  }
}

std::string Screen::draw(const machine::Message& message, const program::Channel& channel,
                         const machine::SystemWords& words) const {
  std::string out;
  std::size_t number = 0;
  for (const Shown& shown : machine::present(message, channel, words)) {
    if (!shown.text.empty()) out += wrapped(harmless(shown.text), columns, bot_margin);
    switch (shown.kind) {
      case Shown::Kind::image:
      case Shown::Kind::document:
        out += fmt::format("{}[{}: {}]\n", bot_margin, to_text(shown.kind), harmless(shown.url));
        break;
      case Shown::Kind::location:
        out += fmt::format("{}[{}: {}, {} {}]\n", bot_margin, harmless(shown.location.name),
                           shown.location.latitude.to_string(),
                           shown.location.longitude.to_string(), harmless(shown.location.address));
        break;
      case Shown::Kind::link:
        out += fmt::format("{}[{}] {}\n", bot_margin, harmless(shown.label), harmless(shown.url));
        break;
      case Shown::Kind::list:
        out += fmt::format("{}{}\n", bot_margin, paint(harmless(shown.label) + ":", "2", colour));
        break;
      case Shown::Kind::place_request:
        out += fmt::format("{}[send a place: !location]\n", bot_margin);
        break;
      case Shown::Kind::template_words:
        out += fmt::format("{}[template {}]\n", bot_margin, harmless(shown.label));
        break;
      case Shown::Kind::text:
      case Shown::Kind::buttons:
        break;
    }
    for (const machine::ShownChoice& choice : shown.choices) {
      // A number would be taken for a label where labels are numbers.
      const std::string mark =
          message.positions ? fmt::format("{:>2}", number_of(message, number++)) : " -";
      out += fmt::format("   {} {}\n", paint(mark, "36", colour),
                         paint(harmless(choice.label), "1", colour));
      if (!choice.hint.empty()) {
        out += paint(wrapped(harmless(choice.hint), columns, choice_margin), "2", colour);
      }
    }
  }
  return out + "\n";
}

std::string Screen::remark(std::string_view text) const {
  return paint(wrapped(harmless(text), columns, "# "), "33", colour);
}

std::string Screen::prompt() const {
  return paint("> ", "32", colour);
}

std::string Screen::echo(std::string_view typed) const {
  return prompt() + harmless(typed) + "\n\n";
}

}  // namespace alur::tools

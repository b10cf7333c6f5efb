#include "dsl/chat/parse_chat.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "dsl/chat/blocks.hpp"
#include "dsl/chat/chat_syntax.hpp"
#include "dsl/chat/chat_value.hpp"
#include "dsl/chat/parse_lines.hpp"
#include "dsl/finding/near_miss.hpp"
#include "dsl/finding/utf8.hpp"
#include "dsl/grammar/reading.hpp"

namespace alur::dsl {
namespace {

constexpr std::array<std::string_view, 5> header_keys{"chat", "channel", "language", "clock",
                                                      "contact"};
constexpr std::string_view line_signs = "><~!=";

class ChatParser {
 public:
  ChatParser(const SourceFile& source, FileId file, Findings& findings)
      : file_(file), reading_(source, file, findings) {}

  std::vector<Chat> parse() {
    const std::vector<Block> blocks = cut_blocks(reading_.source());
    for (const Block& block : blocks) parse_block(block);
    close_chat();
    if (blocks.empty()) {
      reading_.findings().add(Code::chat_empty, {file_, 0, 0}, "no chat is in this file",
                              "each begins with `chat:` and its title");
    }
    return std::move(chats_);
  }

 private:
  void parse_block(const Block& block) {
    const char first = *block.head.text.first;
    if (first == ' ' || first == '\t') {
      reading_.refuse(Code::chat_bad_indentation, without_blanks(block.head.text),
                      "an indented line that belongs to no line above it");
    } else if (line_signs.find(first) != std::string_view::npos) {
      parse_line(block, first);
    } else if (const auto words = after_word(block.head.text, "agent")) {
      parse_agent(block, *words);
    } else {
      parse_header(block);
    }
  }

  // --- the head

  void parse_header(const Block& block) {
    syntax::HeaderLine header;
    if (syntax::read_header(block.head.text, header)) {
      reading_.refuse(
          Code::chat_stray_line, block.head.text, "this is no line of a chat",
          "lines begin with `>`, `<`, `~`, `!`, `=`, `#`, `agent` or a key like `chat:`");
      return;
    }
    refuse_body(reading_, block);
    const std::string_view key = header.key.view();
    if (key == "chat") return begin_chat(header);
    if (std::find(header_keys.begin(), header_keys.end(), key) == header_keys.end()) {
      return refuse_key(header.key);
    }
    if (!has_chat(header.key)) return;
    if (!chats_.back().lines.empty()) {
      reading_.refuse(
          Code::chat_late_header, header.key,
          fmt::format("`{}:` belongs to the head of a chat, before its first line", key));
      return;
    }
    fill_header(header);
  }

  void refuse_key(Slice key) {
    Finding finding{Code::chat_unknown_header,
                    reading_.span(key),
                    fmt::format("a chat has no key {}", quoted(key.view())),
                    {},
                    {},
                    {}};
    suggest(finding, key.view(), header_keys);
    if (finding.suggestion.empty()) {
      finding.suggestion = fmt::format("the keys are {}", fmt::join(header_keys, ", "));
    }
    reading_.findings().add(std::move(finding));
  }

  void begin_chat(const syntax::HeaderLine& header) {
    close_chat();
    const bool titled = !header.value.empty();
    if (!titled) {
      reading_.refuse(Code::chat_bad_header, header.key, "a chat without a title",
                      "say in one line what it shows");
    }
    chats_.emplace_back();
    chats_.back().title = titled ? reading_.name(header.value) : reading_.name(header.key);
    reading_.forget_captures();
    broken_ = false;
  }

  void close_chat() {
    if (chats_.empty() || broken_ || !chats_.back().lines.empty()) return;
    reading_.findings().add(Code::chat_empty, chats_.back().title.span,
                            "nothing happens in this chat");
  }

  bool has_chat(Slice at) {
    if (!chats_.empty()) return true;
    if (!broken_) {
      reading_.refuse(Code::chat_without_title, at, "no `chat:` line stands before this",
                      "each conversation begins with `chat:` and its title");
    }
    broken_ = true;
    return false;
  }

  void fill_header(const syntax::HeaderLine& header) {
    const std::string_view key = header.key.view();
    Chat& chat = chats_.back();
    if (header.value.empty()) {
      return reading_.refuse(Code::chat_bad_header, header.key,
                             fmt::format("`{}:` with nothing after it", key));
    }
    if (key == "channel") return fill_name(header, chat.channel);
    if (key == "language") return fill_name(header, chat.language);
    if (key == "contact") return fill_contact(header);
    if (chat.clock) return refuse_repeated(header.key);
    chat.clock = read_local_time(reading_, header.value);
  }

  void fill_name(const syntax::HeaderLine& header, ast::Name& name) {
    if (!name.empty()) return refuse_repeated(header.key);
    name = reading_.name(header.value);
  }

  void refuse_repeated(Slice key) {
    reading_.refuse(Code::chat_repeated_header, key,
                    fmt::format("`{}:` stands twice in this chat", key.view()));
  }

  void fill_contact(const syntax::HeaderLine& header) {
    if (refuse_deep_value(reading_, header.value)) return;
    syntax::FieldTree tree;
    if (const auto halt = syntax::read_preset(header.value, tree)) {
      if (!halt->wanted.empty()) return refuse_value(reading_, header.value, *halt);
      return reading_.refuse(Code::chat_bad_header, header.value, "this cannot be read",
                             "like `contact: name = \"Budi\"`");
    }
    auto value = to_chat_value(reading_, tree.value);
    if (value) chats_.back().contact.push_back({reading_.name(tree.name), std::move(*value)});
  }

  // --- the conversation

  void parse_line(const Block& block, char sign) {
    Slice words{block.head.text.first + 1, block.head.text.last};
    const bool maybe = sign == '<' && !words.empty() && *words.first == '?';
    if (maybe) ++words.first;
    const Slice mark{block.head.text.first, words.first};
    if (!has_chat(mark) || !check_space(mark, words)) return;
    if (!words.empty()) ++words.first;
    if (words.empty() && (block.body.empty() || (sign != '<' && sign != '>'))) {
      broken_ = true;
      return reading_.refuse(Code::chat_nothing_written, mark, "nothing stands after this sign");
    }
    if (sign != '<' && sign != '>') refuse_body(reading_, block);
    add(block, parse_what(block, sign, words, maybe));
  }

  bool check_space(Slice mark, Slice words) {
    if (words.empty() || *words.first == ' ') return true;
    Finding finding{Code::chat_missing_space,
                    reading_.span(mark),
                    fmt::format("a space is missing after `{}`", mark.view()),
                    {},
                    {},
                    {}};
    finding.suggestion = quoted(std::string(mark.view()) + " " + std::string(words.view()));
    const Span after = reading_.span({words.first, words.first});
    finding.fix = Fix{after, " "};
    reading_.findings().add(std::move(finding));
    broken_ = true;
    return false;
  }

  using What = decltype(ChatLine::what);

  template <class T>
  static std::optional<What> what(std::optional<T> parsed) {
    if (!parsed) return std::nullopt;
    return What(std::move(*parsed));
  }

  std::optional<What> parse_what(const Block& block, char sign, Slice words, bool maybe) {
    switch (sign) {
      case '>':
        return what(parse_say(reading_, block, words));
      case '<':
        return what(parse_expectation(reading_, block, words, maybe));
      case '~':
        return what(parse_pass_time(reading_, without_blanks(words)));
      case '!':
        return parse_acts(without_blanks(words));
      default:
        return what(parse_assertion(reading_, without_blanks(words)));
    }
  }

  void parse_agent(const Block& block, Slice words) {
    if (!has_chat(block.head.text)) return;
    const std::size_t body = block.body.size();
    auto acts = parse_agent_acts(reading_, block, words);
    if (acts && acts->kind != AgentActs::Kind::says && body > 0) refuse_body(reading_, block);
    add(block, what(std::move(acts)));
  }

  std::optional<What> parse_acts(Slice words) {
    if (begins_others(words)) return what(parse_others(reading_, words));
    if (const auto rest = after_word(words, "handoff")) {
      return what(parse_handoff_acts(reading_, *rest));
    }
    if (const auto rest = after_word(words, "language")) {
      return what(parse_language_acts(reading_, *rest));
    }
    return what(parse_service_acts(reading_, words));
  }

  static std::optional<Slice> after_word(Slice words, std::string_view word) {
    if (!words.view().starts_with(word)) return std::nullopt;
    if (words.size() > word.size() && words.first[word.size()] != ' ') return std::nullopt;
    return without_blanks({words.first + word.size(), words.last});
  }

  void add(const Block& block, std::optional<What> parsed) {
    if (!parsed) {
      broken_ = true;
      return;
    }
    const std::uint32_t end =
        block.body.empty() ? block.head.number + 1 : block.body.back().number + 1;
    chats_.back().lines.push_back(
        {std::move(*parsed), reading_.span(block.head.text), {block.head.number, end}});
  }

  FileId file_;
  ChatReading reading_;
  std::vector<Chat> chats_;
  bool broken_ = false;  // something of this chat was told already
};

bool is_readable(const SourceFile& source, FileId file, Findings& findings) {
  const std::string_view text = source.text();
  if (text.size() > chat_bytes_max) {
    findings.add(Code::file_too_large, {file, 0, 0},
                 fmt::format("{} bytes, and at most {} are read", text.size(), chat_bytes_max));
    return false;
  }
  const std::size_t invalid = find_invalid_utf8(text);
  if (invalid != std::string_view::npos) {
    const auto at = static_cast<std::uint32_t>(invalid);
    findings.add(Code::not_utf8, {file, at, at + 1}, "from here on it is not UTF-8 text");
    return false;
  }
  return true;
}

}  // namespace

value::LocalTime default_chat_clock() {
  return {*value::date_from_ymd(2026, 1, 5), *value::time_from_hms(9, 0, 0)};
}

ChatFile parse_chat(const Sources& sources, FileId file, Findings& findings) {
  const SourceFile& source = sources.at(file);
  ChatFile parsed{file, {}};
  if (is_readable(source, file, findings)) {
    parsed.chats = ChatParser(source, file, findings).parse();
  }
  return parsed;
}

}  // namespace alur::dsl

// Labels that citizens cannot tell apart, and marks that no channel draws. Two labels are alike
// when they are so as a channel shows them: on one line, without blanks at the ends, and cut where
// the author lets them be cut.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "dsl/check/channel_check.hpp"
#include "dsl/check/pages.hpp"

namespace alur::dsl {

using program::Channel;

namespace {

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

// A mark that is written some other way, or not at all.
struct ForeignMark {
  std::string_view sign;
  std::string_view instead;
};
constexpr std::array foreign_marks{
    ForeignMark{"**", "write `*word*` for bold"},
    ForeignMark{"__", "write `_word_` for italics"},
    ForeignMark{"<b>", "write `*word*` for bold"},
    ForeignMark{"</b>", "write `*word*` for bold"},
    ForeignMark{"<strong>", "write `*word*` for bold"},
    ForeignMark{"<i>", "write `_word_` for italics"},
    ForeignMark{"</i>", "write `_word_` for italics"},
    ForeignMark{"<em>", "write `_word_` for italics"},
    ForeignMark{"<br>", "begin a new line in a `|` text"},
    ForeignMark{"<br/>", "begin a new line in a `|` text"},
    ForeignMark{"<p>", "leave a line empty in a `|` text"},
    ForeignMark{"<a ", "write a `link:` beside the text"},
    ForeignMark{"&nbsp;", "write a blank"},
    ForeignMark{"&amp;", "write `&`"},
};

struct Mark {
  std::string sign;
  std::string_view instead;
};

std::optional<Mark> find_foreign(std::string_view words) {
  for (const ForeignMark& mark : foreign_marks) {
    if (words.find(mark.sign) != words.npos) return Mark{std::string(mark.sign), mark.instead};
  }
  const std::size_t bracket = words.find("](http");
  if (bracket != words.npos && words.find('[') < bracket) {
    return Mark{"[...](...)", "write a `link:` beside the text, or the address itself"};
  }
  const bool heading = words.starts_with("# ") || words.find("\n# ") != words.npos ||
                       words.starts_with("## ") || words.find("\n## ") != words.npos;
  if (heading) return Mark{"#", "write `*word*` for bold"};
  return std::nullopt;
}

// `*word*` and its like, which channels draw in words but not on buttons and rows.
std::optional<Mark> find_pair(std::string_view words) {
  for (const char sign : {'*', '_', '~', '`'}) {
    for (std::size_t open = words.find(sign); open != words.npos;
         open = words.find(sign, open + 1)) {
      const bool begins = (open == 0 || !is_letter_or_digit(words[open - 1])) &&
                          open + 1 < words.size() && words[open + 1] != ' ';
      const std::size_t close = words.find(sign, open + 1);
      if (!begins || close == words.npos || close == open + 1) continue;
      const bool ends = words[close - 1] != ' ' &&
                        (close + 1 == words.size() || !is_letter_or_digit(words[close + 1]));
      if (ends) return Mark{std::string(1, sign), "leave it out"};
    }
  }
  return std::nullopt;
}

}  // namespace

void ChannelCheck::check_marks(const ast::Template& words, bool is_label) {
  for (const ast::TemplatePart& part : words.parts) {
    if (part.expression) continue;
    std::optional<Mark> mark = find_foreign(part.literal);
    const bool foreign = mark.has_value();
    if (!mark && is_label) mark = find_pair(part.literal);
    if (!mark || !is_new(Code::foreign_mark, words.span)) continue;
    findings_.add(
        Code::foreign_mark, words.span,
        "citizens would see `" + mark->sign + "` as it stands here: " +
            (foreign ? "no channel draws it" : "labels are shown without bold or italics"),
        std::string(mark->instead));
    return;
  }
}

void ChannelCheck::text(const ast::Text& text, TextUse use) {
  for (const ast::LocalText& wording : text.languages) {
    check_marks(wording.text, use != TextUse::words);
  }
  if (use != TextUse::place_name) Walk::text(text, use);
}

bool ChannelCheck::check_same_labels(const ast::Question& question, std::size_t language,
                                     const ChoicesBound& choices) {
  const bool shortens = question.extras.overflow.text == "shorten";
  const std::string more = more_label(app_, symbols_.languages[language]);
  bool alike = false;
  for (const Channel* channel : channels_) {
    const std::int64_t limit = cut_label_max(choices, *channel);
    std::vector<std::pair<std::string, const ast::Template*>> shown;
    for (const ast::Option& option : question.options) {
      const ast::Template* words = wording_in(option.label, symbols_.languages[language]);
      const auto fixed = words == nullptr ? std::nullopt : fixed_words(*words);
      if (!fixed) continue;
      const std::string line = one_line(*fixed);
      std::string label = shortens ? cut_to(line, limit) : line;
      if (label.empty()) continue;
      if (label == more && has_pages(choices, *channel)) {
        alike = true;
        if (!is_new(Code::same_labels, words->span)) continue;
        findings_.add(Code::same_labels, words->span,
                      "this option is `" + label +
                          "`, and so is the entry that shows the next page of this question",
                      "give it another label");
        continue;
      }
      const auto same = std::find_if(shown.begin(), shown.end(),
                                     [&](const auto& other) { return other.first == label; });
      if (same == shown.end()) {
        shown.emplace_back(std::move(label), words);
        continue;
      }
      alike = true;
      if (!is_new(Code::same_labels, words->span)) continue;
      const bool cut = label != line;
      findings_.add(Code::same_labels, words->span,
                    (cut ? "cut to what `" + channel->name + "` shows, " : std::string()) +
                        "two options of this question are both `" + label + "`",
                    cut ? "let their beginnings differ" : "give one of them another label",
                    {{same->second->span, "the other one"}});
    }
  }
  return alike;
}

}  // namespace alur::dsl

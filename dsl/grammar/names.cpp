// Names by themselves, dotted and in lists. No grammar is needed for these.
#include <algorithm>

#include "dsl/grammar/grammar.hpp"
#include "dsl/grammar/mistakes.hpp"
#include "dsl/grammar/name.hpp"

namespace alur::dsl {
namespace {

// The pieces between separators, each a name; tells otherwise.
template <typename Take>
bool read_names(Reading& reading, Slice text, char separator, const Take& take) {
  for (const char* at = text.first;; ++at) {
    const char* end = std::find(at, text.last, separator);
    const Slice word = separator == ',' ? trimmed({at, end}) : Slice{at, end};
    if (word.empty()) {
      reading.refuse(Code::bad_name, end == text.last ? Slice{at - 1, at} : Slice{end, end + 1},
                     "a name is missing beside this " + quoted({&separator, 1}));
      return false;
    }
    if (!check_name(reading, word)) return false;
    take(word);
    if (end == text.last) return true;
    at = end;
  }
}

}  // namespace

std::optional<ast::Name> parse_name(const Fragment& fragment, Findings& findings) {
  Reading reading(fragment, findings);
  if (refuse_blank(reading, "a name")) return std::nullopt;
  if (!check_length(reading, expression_bytes_max, "a name")) return std::nullopt;
  const Slice word = trimmed(reading.text());
  if (!check_name(reading, word)) return std::nullopt;
  return reading.name(word);
}

std::optional<ast::Name> parse_path_name(const Fragment& fragment, Findings& findings) {
  Reading reading(fragment, findings);
  if (refuse_blank(reading, "a name")) return std::nullopt;
  if (!check_length(reading, expression_bytes_max, "a name")) return std::nullopt;
  const Slice path = trimmed(reading.text());
  if (!read_names(reading, path, '.', [](Slice) {})) return std::nullopt;
  return reading.name(path);
}

std::optional<std::vector<ast::Name>> parse_name_list(const Fragment& fragment,
                                                      Findings& findings) {
  Reading reading(fragment, findings);
  if (refuse_blank(reading, "a name")) return std::nullopt;
  if (!check_length(reading, expression_bytes_max, "a list of names")) return std::nullopt;
  std::vector<ast::Name> names;
  const auto take = [&](Slice word) { names.push_back(reading.name(word)); };
  if (!read_names(reading, trimmed(reading.text()), ',', take)) return std::nullopt;
  return names;
}

}  // namespace alur::dsl

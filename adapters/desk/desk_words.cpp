#include "adapters/desk/desk_words.hpp"

#include <algorithm>
#include <bit>

#include "adapters/desk/shown.hpp"
#include "engine/value/phrase.hpp"
#include "engine/value/text.hpp"

namespace alur::adapters {

using ports::JournalRow;
using ports::Result;
using runtime::Line;

namespace {

constexpr std::uint64_t not_found = ~std::uint64_t{0};
constexpr std::size_t rows_of_catching_up = 8;
constexpr std::size_t rows_of_reading = 50;
constexpr std::size_t excerpt_before_bytes = 60;
constexpr std::size_t excerpt_bytes_max = 240;
constexpr std::size_t excerpt_places_max = 32;

// Whether a word begins with this one.
bool has_word(std::string_view folded, std::string_view word) {
  for (std::size_t at = folded.find(word); at != folded.npos; at = folded.find(word, at + 1)) {
    if (at == 0 || folded[at - 1] == ' ' || folded[at - 1] == '\n') return true;
  }
  return false;
}

bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

// The words of a text as they stand between blanks: where each begins and ends.
std::vector<std::pair<std::size_t, std::size_t>> pieces_of(std::string_view text) {
  std::vector<std::pair<std::size_t, std::size_t>> pieces;
  for (std::size_t at = 0; at < text.size();) {
    while (at < text.size() && is_blank(text[at])) ++at;
    const std::size_t begin = at;
    while (at < text.size() && !is_blank(text[at])) ++at;
    if (at > begin) pieces.emplace_back(begin, at);
  }
  return pieces;
}

// What people have written, or a file that they sent is called.
std::string words_of(const Line& line) {
  std::string text = line.text;
  if (line.media && !line.media->file_name.empty()) text += "\n" + line.media->file_name;
  if (line.mark) text += "\n" + line.mark->note;
  return text;
}

}  // namespace

// --- what is sought

std::string folded_words(std::string_view text) {
  return value::normalised_phrase(text);
}

SoughtWords::SoughtWords(std::string_view text) {
  few_ = value::is_valid_utf8(text) && value::code_point_length(text) <= length_max;
  if (!few_) return;
  const std::string folded = folded_words(text);
  for (const auto& [begin, end] : pieces_of(folded)) {
    std::string word = folded.substr(begin, end - begin);
    if (std::find(words_.begin(), words_.end(), word) == words_.end()) {
      words_.push_back(std::move(word));
    }
  }
  few_ = words_.size() <= words_max;
}

std::uint32_t SoughtWords::found_in(std::string_view folded) const {
  std::uint32_t found = 0;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (has_word(folded, words_[i])) found |= 1u << i;
  }
  return found;
}

// From the word on with which the most of them stand within an excerpt's length.
std::string SoughtWords::excerpt_of(std::string_view text) const {
  const auto pieces = pieces_of(text);
  std::size_t from = 0;
  int most = 0;
  std::size_t looked_at = 0;
  for (const auto& [begin, end] : pieces) {
    if (found_in(folded_words(text.substr(begin, end - begin))) == 0) continue;
    const std::size_t length = excerpt_bytes_max - excerpt_before_bytes;
    const int count = std::popcount(found_in(folded_words(text.substr(begin, length))));
    if (count > most) from = begin;
    most = std::max(most, count);
    if (++looked_at == excerpt_places_max || most == static_cast<int>(words_.size())) break;
  }
  for (const auto& [begin, end] : pieces) {
    if (begin + excerpt_before_bytes < from) continue;
    const std::string cut = cut_text(text.substr(begin), excerpt_bytes_max);
    return begin == pieces.front().first ? cut : "…" + cut;
  }
  return {};
}

// --- what was said

void DeskWords::forget(desk::Citizen citizen) {
  const auto found = words_.find(citizen);
  if (found == words_.end()) return;
  bytes_ -= found->second.bytes();
  words_.erase(found);
}

// `rows`: the latest first. `all`: there are none between them and what was read before.
void DeskWords::keep(const std::vector<JournalRow>& rows, bool all, Words& words) const {
  if (!all) {
    words.said.clear();
    words.lines.clear();
    words.cut = true;
  }
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    for (const Line& line : runtime::lines_of(*row)) {
      const std::string folded = folded_words(words_of(line));
      if (folded.empty()) continue;
      words.lines.push_back({line.line, words.said.size()});
      words.said += '\n' + folded;
    }
  }
  if (!rows.empty()) words.last = rows.front().sequence;
  const auto kept = std::find_if(words.lines.begin(), words.lines.end(), [&](const Begin& begin) {
    return words.said.size() - begin.at <= bounds_.bytes_max;
  });
  if (kept == words.lines.begin()) return;
  words.cut = true;
  const std::size_t gone = kept == words.lines.end() ? words.said.size() : kept->at;
  words.said.erase(0, gone);
  words.lines.erase(words.lines.begin(), kept);
  for (Begin& begin : words.lines) begin.at -= gone;
}

Result<void> DeskWords::read_rows(desk::Citizen citizen, Words& words, Looked& looked) {
  const std::size_t rows_at_once = words.last == 0 ? rows_of_reading : rows_of_catching_up;
  std::vector<JournalRow> rows;
  bool more = true;
  bool met = words.last == 0;  // or nothing to meet
  while (more && rows.size() < bounds_.rows_max) {
    const std::size_t wanted = std::min(rows_at_once, bounds_.rows_max - rows.size());
    std::size_t count = 0;
    const auto read = reader_->each_journal_of(citizen, rows.empty() ? 0 : rows.back().sequence,
                                               wanted, [&](const JournalRow& row) {
                                                 ++count;
                                                 more = more && row.sequence > words.last;
                                                 met = met || row.sequence <= words.last;
                                                 if (more) rows.push_back(row);
                                               });
    if (!read) return read.error();
    looked.rows_left -= std::min(looked.rows_left, count);
    more = more && count == wanted && rows.back().previous != 0;
  }
  const bool began = !rows.empty() && rows.back().previous == 0;
  const bool whole = words.last == 0 ? rows.size() < bounds_.rows_max || began : met;
  keep(rows, whole, words);
  return {};
}

// Of what is at the desk, every line is told of; of what has ended, the session says.
Result<bool> DeskWords::is_behind(const Searched& one, const Words& words, Looked& looked) {
  if (words.last == 0 || words.told != one.told) return true;
  if (!one.place.ended) return false;
  looked.rows_left -= std::min<std::size_t>(looked.rows_left, 1);
  const auto session = reader_->session(one.place.citizen);
  if (!session) return session.error();
  return *session && (*session)->journal_last != words.last;
}

void DeskWords::keep_about(const Searched& one, Words& words) {
  if (words.about == one.about) return;
  bytes_ -= words.bytes();
  words.about = one.about;
  words.about_folded = folded_words(one.about);
  bytes_ += words.bytes();
}

DeskWords::State DeskWords::catch_up(const Searched& one, Words& words, Looked& looked) {
  const bool is_told_of = words.last != 0 && words.told == one.told && !one.place.ended;
  if (is_told_of) return State::read;
  if (looked.rows_left == 0) return State::unread;
  const auto behind = is_behind(one, words, looked);
  if (!behind) return State::failed;
  if (!*behind) return State::read;
  if (bytes_ > bounds_.total_bytes_max) return State::unread;
  bytes_ -= words.bytes();
  const auto read = read_rows(one.place.citizen, words, looked);
  bytes_ += words.bytes();
  if (!read) return State::failed;
  words.told = one.told;
  return State::read;
}

// The latest of those with the most of what is sought.
std::uint64_t DeskWords::best_line(const Words& words, const SoughtWords& sought) {
  std::uint64_t best = 0;
  int most = 0;
  std::size_t end = words.said.size();
  for (auto line = words.lines.rbegin(); line != words.lines.rend(); ++line) {
    const auto folded = std::string_view(words.said).substr(line->at, end - line->at);
    end = line->at;
    const int count = std::popcount(sought.found_in(folded));
    if (count <= most) continue;
    most = count;
    best = line->line;
  }
  return best;
}

// The line with what is sought, 0 where it stands beside, or `not_found`; nothing: the store cannot
// be read now.
std::optional<std::uint64_t> DeskWords::look_at(const Searched& one, const SoughtWords& sought,
                                                Looked& looked) {
  if (one.is_it) return 0;
  Words& words = words_[one.place.citizen];
  keep_about(one, words);
  const std::uint32_t beside = sought.found_in(words.about_folded);
  if (beside == sought.all()) return 0;
  if (one.is_kept) return not_found;
  const State state = catch_up(one, words, looked);
  if (state == State::failed) return std::nullopt;
  looked.unread += state == State::unread;
  looked.cut += state == State::read && words.cut;
  const bool is_found = (beside | sought.found_in(words.said)) == sought.all();
  return is_found ? best_line(words, sought) : not_found;
}

bool DeskWords::go_on(std::span<const Searched> searched, const SoughtWords& sought,
                      std::size_t many, std::size_t found_max, Looked& looked) {
  if (!reader_) {
    auto opened = store_.reader();
    if (!opened) return false;
    reader_ = std::move(*opened);
  }
  const std::size_t rows_until =
      looked.rows_left - std::min(looked.rows_left, std::size_t{rows_of_go});
  const std::size_t end = std::min(searched.size(), looked.next + many);
  for (; looked.next < end && looked.found.size() < found_max; ++looked.next) {
    const auto line = look_at(searched[looked.next], sought, looked);
    if (!line) return false;
    if (*line != not_found) looked.found.push_back({looked.next, *line});
    if (looked.rows_left < rows_until) {
      ++looked.next;
      break;
    }
  }
  return true;
}

}  // namespace alur::adapters

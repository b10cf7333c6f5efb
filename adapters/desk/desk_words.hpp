// DeskWords: conversations found by what was said in them. Their words are kept in memory, folded,
// and are read from the journal when somebody searches: of each conversation once, and then only
// what is new. Whose conversations may be found is the caller's to say.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/desk/searched.hpp"
#include "engine/ports/store.hpp"
#include "engine/runtime/transcript.hpp"

namespace alur::adapters {

// What is sought: each word must stand somewhere, or begin a word that does. Case, accents and
// punctuation do not count.
class SoughtWords {
 public:
  static constexpr std::size_t words_max = 8;
  static constexpr std::size_t length_max = 100;  // code points

  explicit SoughtWords(std::string_view text);

  // False: it is longer than these bounds, or not in UTF-8.
  bool are_few() const { return few_; }
  bool none() const { return words_.empty(); }
  // A bit for each of them that stands in a folded text.
  std::uint32_t found_in(std::string_view folded) const;
  std::uint32_t all() const { return (1u << words_.size()) - 1; }
  // The part of a text where the most of them stand, with an ellipsis where it was cut.
  std::string excerpt_of(std::string_view text) const;

 private:
  std::vector<std::string> words_;
  bool few_ = true;
};

// As SoughtWords reads it.
std::string folded_words(std::string_view text);

struct WordsBounds {
  std::size_t rows_max = 200;        // of the journal of a conversation: the latest
  std::size_t bytes_max = 64 << 10;  // of a conversation's words
  std::size_t total_bytes_max = 64 << 20;
};

class DeskWords {
 public:
  // `store` must outlive it.
  explicit DeskWords(ports::Store& store, WordsBounds bounds = {})
      : store_(store), bounds_(bounds) {}

  struct Found {
    std::size_t at = 0;      // in what is searched
    std::uint64_t line = 0;  // where the words stand; 0: in what is known beside
  };
  // One search, as far as it has come.
  struct Looked {
    std::size_t next = 0;       // of what is searched
    std::size_t rows_left = 0;  // of the journal, that may be read
    std::vector<Found> found;
    std::size_t unread = 0;  // conversations of which not all words were there to be looked at
    std::size_t cut = 0;     // those with more than the bounds allow: only the latest were
  };
  // Looks at some more of what is searched: at most so many, and no more once `found_max` are
  // found or as many rows were read as one go may take. False: the store cannot be read now.
  static constexpr std::size_t rows_of_go = 1'000;
  bool go_on(std::span<const Searched> searched, const SoughtWords& words, std::size_t many,
             std::size_t found_max, Looked& looked);

  // The desk has forgotten it.
  void forget(desk::Citizen citizen);
  std::size_t bytes() const { return bytes_; }

 private:
  struct Begin {
    std::uint64_t line = 0;
    std::size_t at = 0;  // in `said`
  };
  struct Words {
    std::uint64_t last = 0;  // the latest row that was read; 0: none was
    std::uint64_t told = 0;  // Searched::told, when they were read
    bool cut = false;
    std::string said;  // each line behind an end of line
    std::vector<Begin> lines;
    std::string about;
    std::string about_folded;
    std::size_t bytes() const { return said.size() + about.size() + about_folded.size(); }
  };
  enum class State : std::uint8_t { read, unread, failed };

  std::optional<std::uint64_t> look_at(const Searched& one, const SoughtWords& sought,
                                       Looked& looked);
  void keep_about(const Searched& one, Words& words);
  State catch_up(const Searched& one, Words& words, Looked& looked);
  ports::Result<bool> is_behind(const Searched& one, const Words& words, Looked& looked);
  ports::Result<void> read_rows(desk::Citizen citizen, Words& words, Looked& looked);
  void keep(const std::vector<ports::JournalRow>& rows, bool all, Words& words) const;
  static std::uint64_t best_line(const Words& words, const SoughtWords& sought);

  ports::Store& store_;
  WordsBounds bounds_;
  std::unique_ptr<ports::StoreReader> reader_;
  std::unordered_map<desk::Citizen, Words> words_;
  std::size_t bytes_ = 0;
};

}  // namespace alur::adapters

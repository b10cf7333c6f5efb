// DeskFinder: one search over the conversations of the desk, from what was asked to what is shown:
// who may be found (DeskFloor), by which words (DeskWords), with an excerpt of what was said
// (DeskShelf), and what the audit is told. By a thread that may wait for the others.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/desk/desk_floor.hpp"

namespace alur::adapters {

class DeskFinder {
 public:
  static constexpr std::size_t page_rows = 50;
  static constexpr std::size_t page_rows_with_words = 25;
  static constexpr std::size_t journal_rows_max = 60'000;  // that one search may read

  // All must outlive it. `shelf` is the caller's, and by the shelf's thread.
  DeskFinder(const DeskParts& parts, DeskFloor& floor, const DeskThreads& threads, DeskShelf& shelf)
      : parts_(parts), floor_(floor), threads_(threads), shelf_(shelf) {}

  struct Answer {
    std::string_view refused;  // "too_long", "too_many", "unavailable"; empty: it is not
    std::string body;          // JSON
  };
  Answer find(const ports::Account& who, const DeskFloor::Search& search);

 private:
  // What was found, on its way to the page.
  struct Hit {
    desk::Citizen citizen = 0;
    std::uint64_t line = 0;
    std::string row;      // in JSON; empty: not this account's to see any more
    std::string excerpt;  // in JSON; empty: there is none
  };
  struct Found {
    std::vector<Hit> hits;
    std::size_t unread = 0;
    std::size_t cut = 0;
    std::string more;
  };

  // False: the store cannot be read now.
  bool look(const std::vector<Searched>& searched, const SoughtWords& words, bool has_text,
            Found& found);
  void read_excerpts(const SoughtWords& words, Found& found);
  void read_rows(const ports::Account& who, const SoughtWords& words, Found& found);
  bool note(const ports::Account& who, const Found& found);

  const DeskParts& parts_;
  DeskFloor& floor_;
  const DeskThreads& threads_;
  DeskShelf& shelf_;
};

}  // namespace alur::adapters

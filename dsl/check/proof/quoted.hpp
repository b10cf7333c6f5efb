// Which of the phrases that are heard at any time a citizen has been told of: only what a text
// quotes - between asterisks or quotation marks - is told.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "dsl/check/proof/family.hpp"

namespace alur::dsl::proof {

// One entry of `anytime`.
struct Handler {
  Index address = 0;
  std::vector<std::string> phrases;  // normalised
};

// A phrase counts as told in a language as soon as one text there quotes it.
struct Told {
  std::vector<std::vector<bool>> in;  // handler, language
};

class ToldPhrases {
 public:
  explicit ToldPhrases(const Case& app);
  ~ToldPhrases();

  const std::vector<Handler>& handlers() const { return handlers_; }
  // In which languages of the app the start flow's texts quote one of its phrases.
  const std::vector<bool>& by_start(const Handler& handler) const;
  // In which of them the last words of the question's `no_match` do, or what is said right after
  // them, on every way.
  const std::vector<bool>& by_ladder(const Handler& handler, Index context, Index question) const;

 private:
  Told told_by_ladder(Index context, Index question) const;
  std::size_t index_of(const Handler& handler) const;
  Told of_all(bool told) const;
  const Told& told_in(Index unit, Index text) const;
  friend struct ToldOnTheWay;
  struct Walk;

  const Case& app_;
  std::vector<Handler> handlers_;
  Told by_start_;
  std::unique_ptr<Walk> walk_;
  mutable std::map<std::pair<Index, Index>, Told> told_in_;    // by unit and text
  mutable std::map<std::pair<Index, Index>, Told> by_ladder_;  // by context and question
};

}  // namespace alur::dsl::proof

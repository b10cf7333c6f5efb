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
  // Whether the start flow's texts quote one of its phrases, in every language.
  bool by_start(const Handler& handler) const;
  // Whether a citizen at this question has been told: by the start flow, and by the last words of
  // the question's `no_match`, or what is said right after them, on every way.
  bool at(const Handler& handler, Index context, Index question) const;

 private:
  bool by_ladder(const Handler& handler, Index context, Index question) const;
  Told of_all(bool told) const;
  const Told& told_in(Index unit, Index text) const;
  friend struct ToldOnTheWay;
  struct Walk;

  const Case& app_;
  std::vector<Handler> handlers_;
  std::vector<bool> by_start_;
  std::unique_ptr<Walk> walk_;
  mutable std::map<std::pair<Index, Index>, Told> told_in_;  // by unit and text
  mutable std::map<std::pair<Index, Index>, std::vector<bool>> by_ladder_;
};

}  // namespace alur::dsl::proof

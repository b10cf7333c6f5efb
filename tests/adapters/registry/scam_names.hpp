// Names as those who live off other people's names make them: a second set of tricks beside
// adversary.hpp, written without a look at it or at the registry, with its own judgement of when
// two names are the same. Deterministic: one seed, one sequence.
#pragma once

#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace alur::tests {

class ScamNames {
 public:
  ScamNames(std::vector<std::string> names, std::uint64_t seed);

  // A listed name after one to three tricks.
  std::string next();
  // Those that the last one was made with, for a test that fails.
  const std::string& tricks() const { return tricks_; }

 private:
  std::vector<std::string> names_;
  std::mt19937_64 random_;
  std::string tricks_;
};

// The names of a list, as the only ones that may be answered for.
class ListedNames {
 public:
  void add(std::string_view name);
  // Whether it is, in small letters, without ASCII punctuation, PT, Tbk and Persero, and with its
  // words joined, one of them. Punctuation is taken for a blank, or for nothing (P.T.).
  bool hold(std::string_view query) const;

 private:
  std::set<std::string> forms_;
};

}  // namespace alur::tests

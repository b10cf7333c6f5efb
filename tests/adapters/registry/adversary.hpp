// Names as scammers and hasty fingers make them out of listed ones, and what makes two names
// identical, written independently of the registry. Deterministic: one seed, one sequence.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace alur::tests {

class Adversary {
 public:
  // The names that are made hostile.
  Adversary(std::vector<std::string> names, std::uint64_t seed);

  // A name with that many random typing errors: letters inserted, dropped, replaced, swapped.
  std::string mistyped(const std::string& name, int errors);
  // The same name as a citizen may write it: PT, Tbk, (Persero), case, blanks, punctuation.
  std::string same_name(const std::string& name);
  // Another name that lives off a listed one.
  std::string hostile();

 private:
  std::size_t below(std::size_t end);
  const std::string& any_name();
  template <class Words>
  std::string_view any(const Words& words);

  std::string look_alike(std::string name);
  std::string with_words(std::string name);
  std::string without_word(const std::string& name);
  std::string reordered(const std::string& name);
  std::string doubled_letter(std::string name);
  std::string invisible(std::string name);
  std::string as_link(const std::string& name);
  std::string in_a_question(const std::string& name);

  std::vector<std::string> names_;
  std::mt19937_64 random_;
};

// Lower case, punctuation of any script to blanks, PT, Tbk and Persero dropped, words joined;
// letters, digits and marks that are not ASCII, and what is no UTF-8, stay as they are.
std::string plain_identity(std::string_view name);

// The names of a CSV file in the folder that ALUR_SHARED names; empty without it.
std::vector<std::string> shared_licensed_names();
std::string csv_of_names(const std::vector<std::string>& names);

}  // namespace alur::tests

// The policy: which answer what has been found out deserves. A table and nothing else; how things
// are found out is lookup's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace alur::registry {

enum class Outcome : std::uint8_t {
#define OUTCOME(name, unanswered) name,
#include "adapters/registry/outcome.def"
#undef OUTCOME
};
std::string_view to_text(Outcome outcome);
std::optional<Outcome> parse_outcome(std::string_view name);
// Whether the citizen is left without an answer.
bool is_unanswered(Outcome outcome);

enum class Fact : std::uint8_t {
#define FACT(name, says) name,
#include "adapters/registry/fact.def"
#undef FACT
};

class Facts {
 public:
  constexpr Facts() = default;
  template <class... Each>
  explicit constexpr Facts(Fact first, Each... others) : bits_((bit(first) | ... | bit(others))) {}

  constexpr void add(Fact fact) { bits_ |= bit(fact); }
  constexpr bool has(Fact fact) const { return (bits_ & bit(fact)) != 0; }
  constexpr bool has_all(Facts facts) const { return (bits_ & facts.bits_) == facts.bits_; }
  constexpr bool has_any(Facts facts) const { return (bits_ & facts.bits_) != 0; }
  constexpr std::uint32_t bits() const { return bits_; }
  static constexpr Facts from_bits(std::uint32_t bits) {
    Facts facts;
    facts.bits_ = bits;
    return facts;
  }
  bool operator==(const Facts&) const = default;

 private:
  static constexpr std::uint32_t bit(Fact fact) {
    return std::uint32_t{1} << static_cast<unsigned>(fact);
  }
  std::uint32_t bits_ = 0;
};
inline constexpr unsigned fact_count = static_cast<unsigned>(Fact::elsewhere) + 1;

struct Decision {
  Outcome outcome;
  std::string_view because;  // the rule that decided, in words
};

// Total: any facts have an answer. `licensed` follows only from an exact name of an institution
// that may serve, or from its own link, app or number alone; never from a similar name.
Decision decide(Facts facts);

// The facts in words, one a line.
std::string to_text(Facts facts);

}  // namespace alur::registry

// Moves: what can happen next to a conversation, one of each kind that its program can tell apart.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "tools/explore/samples.hpp"
#include "tools/explore/situation.hpp"

namespace alur::tools {

// Keeps the samples that it has chosen: they hold for a day.
class MoveSource {
 public:
  MoveSource(const program::Program& program, const Observed& observed)
      : program_(program), observed_(observed) {}

  // The same moves in the same order for the same situation.
  std::vector<Move> at(const Situation& situation) const;

 private:
  friend class MoveList;
  using Key = std::tuple<const void*, Index, std::int32_t>;  // of what, language, day

  const std::vector<std::string>& typed(const value::Type& type, const SampleScene& scene) const;
  const std::vector<value::Value>& payloads(const value::TypeRef& type,
                                            const SampleScene& scene) const;
  // One phrase of each entry that does something of its own.
  const std::vector<std::string>& phrases(const program::PhraseTable& table) const;
  const std::vector<std::string>& triggers(const SampleScene& scene) const;
  Key key(const void* what, const SampleScene& scene) const;

  const program::Program& program_;
  const Observed& observed_;
  mutable std::map<Key, std::vector<std::string>> typed_;
  mutable std::map<Key, std::vector<value::Value>> payloads_;
  mutable std::map<Key, std::vector<std::string>> triggers_;
  mutable std::map<const void*, std::vector<std::string>> phrases_;
};

}  // namespace alur::tools

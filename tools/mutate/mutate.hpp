// Mutation testing: every small change that an operator can make to an app, whether its chats
// notice, and for each that they do not a drafted chat that would.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tools/mutate/app_trees.hpp"
#include "tools/mutate/mutator.hpp"
#include "tools/replay/replay.hpp"

namespace alur::tools {

struct Mutant {
  enum class Fate : std::uint8_t {
    refused,     // the checks do not take it: no chat is needed
    equivalent,  // it is the same program
    killed,
    survived,
  };
  Mutation mutation;
  std::string file;  // where, as findings show it
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  Fate fate = Fate::survived;
  std::string disproof;  // refused: the code of the proof that does not hold; else a flow's check
  std::string killer;    // path:line of the chat that noticed
  std::string draft;     // a chat that would notice; empty where none was found
};
std::string_view to_text(Mutant::Fate fate);

struct MutateOptions {
  unsigned threads = 2;
  OperatorSet operators;
  bool drafts = true;
  double explore_seconds_max = 20;  // for drafts
};

struct MutationReport {
  std::vector<Mutant> mutants;       // in file order
  std::vector<std::string> failing;  // chats that fail for the app as it is: they judge nothing
  bool explored_all = true;          // drafts were sought everywhere

  std::size_t count(Mutant::Fate fate) const;
  // Refused by what is proven of the whole app.
  std::size_t disproven() const;
  // Killed, of those that are killed or survived; 1 where there are none.
  double score() const;
};

// Of an app that compiles, with its chats: one app in the set. The same report whatever the number
// of threads.
MutationReport mutate(const std::vector<dsl::AppFile>& files, const ReplaySet& chats,
                      const MutateOptions& options);

OperatorSet all_operators();

// By operator, and every survivor with its place and its draft.
std::string report_mutants_text(const MutationReport& report);
// {"version": 1, "score": 0.93, "killed", "survived", "equivalent", "refused", "mutants":
//  [{"operator", "file", "line", "column", "detail", "fate", "killer", "draft"}]}
std::string report_mutants_json(const MutationReport& report);

}  // namespace alur::tools

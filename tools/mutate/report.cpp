// What became of the mutants, for people and for machines.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <map>

#include "tools/mutate/mutate.hpp"

namespace alur::tools {

namespace {

using Fate = Mutant::Fate;

struct Tally {
  std::size_t killed = 0;
  std::size_t survived = 0;
  std::size_t others = 0;
};

std::string table(const MutationReport& report) {
  std::map<Operator, Tally> tallies;
  for (const Mutant& mutant : report.mutants) {
    Tally& tally = tallies[mutant.mutation.op];
    if (mutant.fate == Fate::killed) {
      ++tally.killed;
    } else if (mutant.fate == Fate::survived) {
      ++tally.survived;
    } else {
      ++tally.others;
    }
  }
  std::string out =
      fmt::format("{:<20}{:>8}{:>10}{:>9}\n", "operator", "killed", "survived", "no case");
  for (const auto& [op, tally] : tallies) {
    out += fmt::format("{:<20}{:>8}{:>10}{:>9}\n", to_text(op), tally.killed, tally.survived,
                       tally.others);
  }
  return out;
}

std::string survivor(const Mutant& mutant) {
  std::string out = fmt::format("{}:{}:{}: {}: {}", mutant.file, mutant.line, mutant.column,
                                to_text(mutant.mutation.op), meaning(mutant.mutation.op));
  if (!mutant.mutation.detail.empty()) out += fmt::format(" ({})", mutant.mutation.detail);
  out += mutant.draft.empty() ? "\n  no conversation was found that shows it\n" : "\n";
  return out;
}

}  // namespace

std::string report_mutants_text(const MutationReport& report) {
  std::string out;
  for (const std::string& chat : report.failing) {
    out += fmt::format("{}: this chat fails for the app as it is, and judges nothing\n", chat);
  }
  for (const Mutant& mutant : report.mutants) {
    if (mutant.fate == Fate::survived) out += survivor(mutant);
  }
  out += out.empty() ? "" : "\n";
  out += table(report);
  out += fmt::format(
      "\n{} mutants: {} killed, {} survived, {} caught by the checks ({} of them by proofs of the "
      "whole "
      "app), {} the same program\n"
      "{:.1f} % of those that could be noticed were\n",
      report.mutants.size(), report.count(Fate::killed), report.count(Fate::survived),
      report.count(Fate::refused), report.disproven(), report.count(Fate::equivalent),
      100 * report.score());
  return out;
}

std::string report_mutants_json(const MutationReport& report) {
  boost::json::array mutants;
  for (const Mutant& mutant : report.mutants) {
    boost::json::object row;
    row["operator"] = std::string(to_text(mutant.mutation.op));
    row["file"] = mutant.file;
    row["line"] = mutant.line;
    row["column"] = mutant.column;
    row["detail"] = mutant.mutation.detail;
    row["fate"] = std::string(to_text(mutant.fate));
    if (!mutant.disproof.empty()) row["disproof"] = mutant.disproof;
    if (!mutant.killer.empty()) row["killer"] = mutant.killer;
    if (!mutant.draft.empty()) row["draft"] = mutant.draft;
    mutants.push_back(std::move(row));
  }
  boost::json::object all;
  all["version"] = 1;
  all["score"] = report.score();
  all["killed"] = report.count(Fate::killed);
  all["survived"] = report.count(Fate::survived);
  all["equivalent"] = report.count(Fate::equivalent);
  all["refused"] = report.count(Fate::refused);
  all["mutants"] = std::move(mutants);
  return boost::json::serialize(all) + "\n";
}

}  // namespace alur::tools

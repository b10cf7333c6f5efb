// Load: many citizens who write to a running service through the simulated Graph API, and what
// became of it.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "tools/graph_sim/sim_server.hpp"

namespace alur::graph_sim {

struct LoadPlan {
  double rate = 1'000;  // messages of citizens a second
  double seconds = 60;
  std::uint64_t citizens = 10'000;
  std::vector<std::string> words{"halo"};  // each citizen's messages, from the first on, again
  double wait_seconds = 30;                // afterwards, for what is still under way
};

struct LoadReport {
  std::uint64_t said = 0;
  std::uint64_t unanswered = 0;  // citizens whose last message nobody answered
  bool finished = false;         // all webhooks were taken, and nobody is unanswered
  std::uint64_t statuses = 0;
  // Different conversations, answer by answer; one, where all citizens have said the same.
  std::size_t transcripts = 0;
  Counts counts;
  double seconds = 0;                       // until the last webhook was taken
  std::vector<std::uint32_t> acknowledged;  // of each webhook, microseconds, sorted
  std::uint32_t share(double of) const;     // 0.5: the median; 0 where there is none
};

LoadReport put_load(SimServer& server, const LoadPlan& plan);
void print(const LoadReport& report, std::ostream& out);

}  // namespace alur::graph_sim

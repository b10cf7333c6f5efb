// What was found of one thing that a service needs, and what to do where it is not well.
#pragma once

#include <string>
#include <vector>

namespace alur::tools {

enum class Condition : unsigned char { well, advice, fault };

struct Diagnosis {
  Condition condition = Condition::well;
  std::string about;  // "app", "store"
  std::string found;
  std::string cure;  // empty where nothing is to be done
};

using Diagnoses = std::vector<Diagnosis>;

bool has_fault(const Diagnoses& all);

// A line each, and one for the cure:
//
//   ok      app       kontak157: 14 flows
//   fault   port      127.0.0.1:8157: another program listens there
//                     -> `ss -ltnp 'sport = :8157'` names it; or choose another `port`
std::string render(const Diagnoses& all);

}  // namespace alur::tools

// A day at the desk, in steps: every way in which a conversation changes its owner.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/program/program.hpp"
#include "tests/crash/desk_town.hpp"

namespace alur::tests {

class DeskScenario {
 public:
  // `program`: what the service walks.
  explicit DeskScenario(const program::Program& program) : program_(program) {}

  struct Step {
    std::string name;
    // Until it is done; may be begun again wherever it was broken off.
    std::function<void(DeskTown&)> run;
  };
  std::vector<Step> steps();
  // This citizen looks only at the end: of what the bot had said before somebody came, a crash
  // leaves away what it had not handed over.
  static constexpr const char* late = "c10";

 private:
  void serve(DeskTown& town, const std::string& who);
  void hand_on(DeskTown& town, const std::string& who, const std::string& from,
               const std::string& to, const json::object& how);
  void accept_later(DeskTown& town);
  void lose(DeskTown& town);
  void wait_in_vain(DeskTown& town);
  void serve_unheard(DeskTown& town);

  const program::Program& program_;
  std::string first_;  // who served somebody first
};

}  // namespace alur::tests

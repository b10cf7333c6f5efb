#include "engine/program/endless.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/program/verify.hpp"

namespace alur::program {
namespace {

using value::name_key;

// A flow from a few letters: s says, a asks, n ends; a digit jumps there, [2 jumps there or goes
// on, <2 does so at most three times, rX runs the flow X and goes on, lX leaves for it.
std::shared_ptr<Unit> flow_of(const std::string& name, std::string_view code) {
  auto unit = std::make_shared<Unit>();
  unit->name = name;
  unit->key = name_key(name);
  unit->states.push_back({"start", name_key("start"), 0, {}});
  unit->outcomes_declared.push_back({"done", name_key("done"), nullptr});
  unit->slots.push_back({"#", name_key("#"), nullptr});
  unit->nodes.push_back({NodeKind::language, 0, 0, 0, 0});
  unit->questions.emplace_back();
  const auto add = [&](Op op, Index c = 0, Index d = 0) {
    unit->code.push_back({op, 0, 0, c, d});
    unit->places.push_back({static_cast<Index>(unit->code.size()), 1});
  };
  const auto import = [&](char other) {
    unit->imports.emplace_back(1, other);
    return static_cast<Index>(unit->imports.size() - 1);
  };
  for (std::size_t i = 0; i < code.size(); ++i) {
    const auto number = [&] { return static_cast<Index>(code[++i] - '0'); };
    switch (code[i]) {
      case 's':
        add(Op::track);
        break;
      case 'a':
        add(Op::ask);
        break;
      case 'n':
        add(Op::end, none);
        break;
      case '[':
        add(Op::jump_unless, 0, number());
        break;
      case '<':
        add(Op::bound, 3, number());
        break;
      case 'r': {
        const auto next = static_cast<Index>(unit->outcomes.size());
        unit->outcomes.push_back({"done", name_key("done"), none, Scope::local,
                                  static_cast<Index>(unit->code.size() + 1)});
        unit->runs.push_back({import(code[++i]), {}, {next, next + 1}, false, {}});
        add(Op::run, static_cast<Index>(unit->runs.size() - 1));
        break;
      }
      case 'l':
        unit->departures.push_back({import(code[++i]), {}});
        add(Op::leave, static_cast<Index>(unit->departures.size() - 1));
        break;
      default:
        add(Op::jump, static_cast<Index>(code[i] - '0'));
    }
  }
  return unit;
}

std::vector<std::string> walks_of(std::vector<std::pair<std::string, std::string>> flows) {
  auto app = std::make_shared<App>();
  app->start = flows.front().first;
  app->unit = std::make_shared<Unit>();
  std::vector<std::shared_ptr<const Unit>> units;
  for (const auto& [name, code] : flows) units.push_back(flow_of(name, code));
  const auto program = Program::link(app, units, "");
  std::vector<std::string> walks;
  for (const EndlessWalk& walk : find_endless_walks(*program)) {
    walks.push_back(program->unit(walk.unit).name + std::to_string(walk.address));
  }
  return walks;
}

TEST(Endless, WalksThatComeToRestAreNone) {
  struct {
    const char* what;
    std::vector<std::pair<std::string, std::string>> flows;
  } const rows[] = {
      {"straight on", {{"f", "ssn"}}},
      {"a question on the way round", {{"f", "sa0"}}},
      {"a question on both ways round", {{"f", "[3a0a0"}}},
      {"a bound", {{"f", "s<0n"}}},
      {"a flow that asks", {{"f", "rg0"}, {"g", "an"}}},
      {"a flow that asks on every way",
       {{"f", "rg0"},
        {"g",
         "[3an"
         "an"}}},
      {"flows that leave for one another, asking", {{"f", "alg"}, {"g", "slf"}}},
      {"a flow that runs itself after a question", {{"f", "arfn"}}},
  };
  for (const auto& row : rows) EXPECT_THAT(walks_of(row.flows), testing::IsEmpty()) << row.what;
}

TEST(Endless, WalksThatDoNotAreFound) {
  struct {
    const char* what;
    std::vector<std::pair<std::string, std::string>> flows;
    std::vector<std::string> walks;
  } const rows[] = {
      {"a jump to itself", {{"f", "0"}}, {"f0"}},
      {"round and round", {{"f", "ss0"}}, {"f2"}},
      {"one of two ways does not ask", {{"f", "[2as0"}}, {"f3"}},
      {"on from a bound and round",
       {{"f",
         "s<0"
         "0"}},
       {"f2"}},
      {"a flow that only passes", {{"f", "rg0"}, {"g", "sn"}}, {"f1"}},
      {"a flow that passes through another", {{"f", "rg0"}, {"g", "rhn"}, {"h", "n"}}, {"f1"}},
      {"a flow that may pass", {{"f", "rg0"}, {"g", "[2an"}}, {"f1"}},
      {"flows that leave for one another", {{"f", "slg"}, {"g", "lf"}}, {"g0"}},
      {"a bound counts anew in a new flow", {{"f", "<2nlf"}}, {"f2"}},
      {"a flow that runs itself", {{"f", "srfn"}}, {"f1"}},
      {"two knots",
       {{"f",
         "00"
         "[12"}},
       {"f0", "f3"}},
  };
  for (const auto& row : rows) EXPECT_EQ(walks_of(row.flows), row.walks) << row.what;
}

}  // namespace
}  // namespace alur::program

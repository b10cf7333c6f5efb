#include "tests/dsl/check/proof/suite.hpp"

#include <fstream>
#include <map>

namespace alur::dsl {
namespace {

constexpr std::string_view app_head = R"(app: small
languages: [en]
timezone: Asia/Jakarta
start: main
channels: [console]
types:
  institution:
    name: text(1..80)
    standing: one of full, restricted, revoked
    licence: text(1..40)?
services:
  registry.lookup:
    params:
      name: text(1..40)
    outcomes:
      found: institution
      near: list of institution (1..3)
      not_found:
  shop.list:
    outcomes:
      some: list of institution (0..3)
  ticket.open:
    params:
      story: text(2..200)
    outcomes:
      opened: text(4..30)
    changes: true
hours:
  office: mon-fri 08:00-17:00
  night: mon-sun 17:00-23:00
queues:
  general:
  clerks:
    hours: office
session:
  visits: integer(0..9)?
  vip: bool?
contact:
  name: text(2..40)?
)";

constexpr std::string_view one_language = "languages: [en]\n";
constexpr std::string_view one_channel = "channels: [console]\n";

constexpr std::string_view plain_defaults = R"(defaults:
  no_match:
    - en: Sorry?
    - en: I do not understand. Type *agent* or *menu*.
      stop: true
  no_input:
    after: 10m
    stop: true
)";

constexpr std::string_view spoken = R"(anytime:
  - hear: [agent, human]
    run: desk
  - hear: menu
    goto: main
)";

constexpr std::string_view main_head = R"(flow: main
vars:
  age: integer(0..150)
  name: text(2..40)
  kind: one of question, report, complaint
  count: integer(0..9)
  sure: bool
  firm: institution
  firms: list of institution (1..3)
  several: list of institution (0..3)
states:
  start:
)";

constexpr std::string_view desk = R"(flow: desk
outcomes: [back]
states:
  start:
    - handoff: general
      outcomes:
        closed: next
        left: next
        no_agent: nobody
        out_of_hours: nobody
        timed_out: nobody
        unavailable: nobody
    - end: back
  nobody:
    - say: Nobody is free. Please call 157.
      contact: true
    - end: back
)";

// Like people, but for one outcome that leads to nobody.
constexpr std::string_view ticket_desk = R"(flow: desk
outcomes: [back]
vars:
  number: text(4..30)
states:
  start:
    - call: ticket.open(story = "A citizen asks for a person.")
      outcomes:
        opened(number): opened
        unavailable: sorry
  opened:
    - say: "We will call you. Your number is {number}."
      contact: true
    - end: back
  sorry:
    - say: That did not work.
    - end: back
)";

struct Written {
  std::string title;
  std::string base;
  std::string app;
  std::map<std::string, std::string> flows;
};

SuiteApp finished(Written written) {
  SuiteApp app;
  app.title = written.title;
  const bool people = written.base == "people" || written.base == "ticket";
  std::string head(app_head);
  if (written.app.find("defaults:") == std::string::npos) head += plain_defaults;
  if (written.app.find("languages:") != std::string::npos) {
    head.erase(head.find(one_language), one_language.size());
  }
  if (written.app.find("channels:") != std::string::npos) {
    head.erase(head.find(one_channel), one_channel.size());
  }
  if (written.base.empty()) head += "bounds:\n  person_within: none\n";
  if (people) head += spoken;
  written.flows["main"].insert(
      0, written.flows["main"].starts_with("flow:") ? std::string_view() : main_head);
  if (people) written.flows["desk"] = written.base == "people" ? desk : ticket_desk;
  app.files.push_back({"app.yaml", "app.yaml", head + written.app});
  for (auto& [name, text] : written.flows) {
    const std::string path = name + ".flow.yaml";
    app.files.push_back({path, path, std::move(text)});
  }
  return app;
}

}  // namespace

std::vector<SuiteApp> read_suite(const std::string& file) {
  std::ifstream in(std::string(ALUR_SOURCE_DIR) + "/tests/" + file);
  std::vector<Written> all;
  std::string flow;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("= ")) {
      all.push_back({line.substr(2), {}, {}, {}});
    } else if (all.empty()) {
      continue;
    } else if (line.starts_with("@")) {
      all.back().base = line.substr(1);
    } else if (line.starts_with("+ ")) {
      all.back().app += line.substr(2) + "\n";
    } else if (line.starts_with("# ")) {
      flow = line.substr(2);
    } else if (!line.empty()) {
      all.back().flows[flow] += line + "\n";
    }
  }
  std::vector<SuiteApp> apps;
  for (Written& written : all) apps.push_back(finished(std::move(written)));
  return apps;
}

}  // namespace alur::dsl

// Whole files, from text to tree: what a flow and app.yaml say beside steps.
#include "dsl/parse/parse_flow.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "dsl/ast/dump.hpp"
#include "parsed.hpp"

namespace alur::dsl {
namespace {

std::string dump_flow(std::string_view text, std::string_view path) {
  const Parsed parsed = parse_flow_text(text, path);
  return parsed.told() + ast::dump(parsed.flow);
}

std::string dump_app(std::string_view text) {
  const Parsed parsed = parse_app_text(text);
  return parsed.told() + ast::dump(parsed.app);
}

TEST(ParseFlow, EveryKey) {
  EXPECT_EQ(dump_flow(R"~(flow: registry_check
about: Tells a citizen whether an institution is licensed.
outcomes: [answered, gave_up]
triggers:
  - hear: "cek {name}"
  - hear: ["apakah {name} (resmi|legal)", periksa]
params:
  name: text(2..120)?
vars:
  company: institution
  others: list of candidate (1..3)
  secret: private one of a, b
states:
  start:
    - goto: tell
  tell:
    - end: answered
)~",
                      "flows/x/registry_check.flow.yaml"),
            R"~(flow registry_check
  about: Tells a citizen whether an institution is licensed.
  outcome answered
  outcome gave_up
  trigger: cek {name}
  trigger: apakah {name} (resmi|legal)
  trigger: periksa
  param name: text(2..120)?
  var company: institution
  var others: list of candidate (1..3)
  var secret: private one of a, b
  state start
    goto tell
  state tell
    end answered
)~");
}

TEST(ParseFlow, OutcomesWithValuesAndKeysInAnyOrder) {
  EXPECT_EQ(dump_flow(R"~(states: {s: [{stop: true}]}
outcomes: {found: institution, none: }
flow: a
)~",
                      "a.flow.yaml"),
            R"~(flow a
  outcome found: institution
  outcome none
  state s
    stop
)~");
}

TEST(ParseFlow, TreeOutlivesItsDocument) {
  ast::Flow flow;
  {
    const Parsed parsed = parse_flow_text(flow_of_steps("- say: Halo, {name}!\n"));
    flow = parsed.flow;
  }
  EXPECT_EQ(ast::dump(flow), "flow t\n  state start\n    say\n      *: Halo, {name}!\n");
}

// Nothing is shared: a race here is for the thread sanitizer to see.
TEST(ParseFlow, FilesAreParsedSideBySide) {
  const std::string text = flow_of_steps("- say: Halo, {name}!\n- sya: Halo\n- got: a\n");
  std::vector<std::string> dumps(8);
  {
    std::vector<std::jthread> threads;
    for (std::string& dump : dumps) {
      threads.emplace_back([&] { dump = dump_flow(text, "t.flow.yaml"); });
    }
  }
  for (const std::string& dump : dumps) EXPECT_EQ(dump, dumps.front());
}

TEST(ParseApp, EveryKey) {
  EXPECT_EQ(dump_app(R"~(app: kontak157
languages: [id, en, pt-BR]
timezone: Asia/Jakarta
start: greeting
channels: [whatsapp, webchat]
types:
  candidate:
    key: text(1..40)
    name: text
services:
  registry.lookup:
    params:
      name: text(1..120)
    outcomes:
      licensed: institution
      not_found:
    timeout: 5s
    changes: true
  ping:
    outcomes: [pong]
hours:
  office: mon-fri 08:00-17:00, sat 08:00-12:00 except data/holidays.csv
  round: always
queues:
  general:
    hours: office
  urgent: {priority: 10, private: true, title: {id: Mendesak, en: Urgent, pt-BR: Urgente}}
  plain:
contact:
  name: private text(1..80)?
session:
  count: integer(0..5)?
defaults:
  no_match:
    - id: Maaf.
      en: Sorry.
    - run: handoff
  no_input:
    after: 10m
    goto: farewell
  session_ends: 24h
anytime:
  - hear: [menu, "#petugas"]
    goto: greeting
  - hear: petugas
    run: handoff
    outcomes:
      closed: greeting
  - hear: english
    set:
      language: en
  - hear: stop
    stop: true
texts:
  expired: {id: Sudah lewat., en: Too late.}
  open_list: Pilih
  number_prompt: Angka
  more: Lagi
  failure: Maaf
)~"),
            R"~(app kontak157
  languages: id, en, pt-BR
  timezone: Asia/Jakarta
  start: greeting
  channels: whatsapp, webchat
  type candidate
    field key: text(1..40)
    field name: text
  service registry.lookup
    param name: text(1..120)
    outcome licensed: institution
    outcome not_found
    changes
    timeout: 5s
  service ping
    outcome pong
  hours office: mon-fri 08:00-17:00, sat 08:00-12:00 except data/holidays.csv
  hours round: always
  queue general hours office
  queue urgent priority 10 private
  title of urgent
    id: Mendesak
    en: Urgent
    pt-BR: Urgente
  queue plain
  contact name: private text(1..80)?
  session count: integer(0..5)?
  no_match
    id: Maaf.
    en: Sorry.
  no_match
    run handoff
  no_input after 10m
    goto farewell
  session_ends: 1d
  anytime
    hear: menu
    hear: #petugas
    goto greeting
  anytime
    hear: petugas
    run handoff
      closed -> greeting
  anytime
    hear: english
    set
      language = en
  anytime
    hear: stop
    stop
  text expired
    id: Sudah lewat.
    en: Too late.
  text open_list
    *: Pilih
  text number_prompt
    *: Angka
  text more
    *: Lagi
  text failure
    *: Maaf
)~");
}

}  // namespace
}  // namespace alur::dsl

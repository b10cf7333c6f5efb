// Every verb and everything that may stand beside it, from text to tree.
#include <gtest/gtest.h>

#include "parsed.hpp"

namespace alur::dsl {
namespace {

struct Row {
  const char* steps;
  const char* dump;
};

class Steps : public testing::TestWithParam<Row> {};

TEST_P(Steps, Parse) {
  EXPECT_EQ(dump_steps(GetParam().steps), GetParam().dump);
}

const Row say_rows[] = {
    {R"~(- say: Halo!
)~",
     R"~(say
  *: Halo!
)~"},
    {R"~(- say:
    id: Halo, {name}!
    en: Hello, {name}!
    pt-BR: Oi, {name}!
)~",
     R"~(say
  id: Halo, {name}!
  en: Hello, {name}!
  pt-BR: Oi, {name}!
)~"},
    {R"~(- say:
    id: |
      *{company.name}* berizin.
      Izin: {company.licence or "-"}
  image: "https://example.org/{key}.png"
  document: https://example.org/a.pdf
  location:
    latitude: 0 - 6.2
    longitude: place.east
    name: {id: Kantor, en: Office}
    address: Jl. Merdeka 1
  link:
    label: {id: Buka, en: Open}
    url: "https://example.org/{ticket}"
  overflow: split
)~",
     R"~(say
  id: *{company.name}* berizin.\nIzin: {company.licence or "-"}
  image: https://example.org/{key}.png
  document: https://example.org/a.pdf
  location 0 - 6.2, place.east
    name
      id: Kantor
      en: Office
    address
      *: Jl. Merdeka 1
  link https://example.org/{ticket}
    id: Buka
    en: Open
  overflow: split
)~"},
};

const Row jump_rows[] = {
    {R"~(- call: registry.lookup(name = name)
  outcomes:
    licensed(company): tell
    near(others):
      - say: Hampir
      - goto: which_one
    not_found: check(name = "x")
    unavailable: next
)~",
     R"~(call registry.lookup(name = name)
  licensed(company) -> tell
  near(others)
    say
      *: Hampir
    goto which_one
  not_found -> check(name = "x")
  unavailable -> next
)~"},
    {R"~(- run: rate(agent = agent)
  outcomes:
    done: next
- run: menu
)~",
     R"~(run rate(agent = agent)
  done -> next
run menu
)~"},
    {R"~(- handoff: general
  summary: {id: Butuh bantuan, en: Needs help}
  fields:
    institution: company.name
    language: language
  leave: [batal, "cancel [it]"]
  outcomes:
    closed: rate
    left: greeting
    no_agent: offer_ticket
    out_of_hours: closed_now
    timed_out: offer_ticket
    unavailable: desk_down
)~",
     R"~(handoff general
  summary
    id: Butuh bantuan
    en: Needs help
  fields
    institution = company.name
    language = language
  leave: batal
  leave: cancel [it]
  closed -> rate
  left -> greeting
  no_agent -> offer_ticket
  out_of_hours -> closed_now
  timed_out -> offer_ticket
  unavailable -> desk_down
)~"},
    {R"~(- goto: lookup
- goto: check(name = name)
  at_most: 3
)~",
     R"~(goto lookup
goto check(name = name) at_most 3
)~"},
    {R"~(- end: answered
- end: found(company)
- end: counted (count + 1)
- stop: true
)~",
     R"~(end answered
end found(company)
end counted(count + 1)
stop
)~"},
};

const Row decision_rows[] = {
    {R"~(- if: amount > 500000000 and kind == insurance
  goto: big
)~",
     R"~(if amount > 500000000 and kind == insurance
  then -> big
)~"},
    {R"~(- if: name is set
  then:
    - say: Ada
  else: ask_name
- else:
    - say: Tidak ada
  goto: x
  if: name is set
)~",
     R"~(if name is set
  then
    say
      *: Ada
  else -> ask_name
if name is set
  then -> x
  else
    say
      *: Tidak ada
)~"},
    {R"~(- match: company.standing
  cases:
    full: tell
    restricted, sandbox: tell_careful
    candidate:
      - goto: tell
    else: next
- match: agreed
  cases:
    true: yes_then
    false: next
)~",
     R"~(match company.standing
  case full -> tell
  case restricted, sandbox -> tell_careful
  case candidate
    goto tell
  else -> next
match agreed
  case true -> yes_then
  case false -> next
)~"},
};

const Row deed_rows[] = {
    {R"~(- set:
    count: min(count + 1, 5)
    contact.name: name
    note: unset
    language: en
)~",
     R"~(set
  count = min(count + 1, 5)
  contact.name = name
  note = unset
  language = en
)~"},
    {R"~(- wait: 2s
- track: answered
- track: answered
  with:
    category: company.category
    channel: channel
)~",
     R"~(wait 2s
track answered
track answered
  category = company.category
  channel = channel
)~"},
};

INSTANTIATE_TEST_SUITE_P(Say, Steps, testing::ValuesIn(say_rows));
INSTANTIATE_TEST_SUITE_P(Jump, Steps, testing::ValuesIn(jump_rows));
INSTANTIATE_TEST_SUITE_P(Decision, Steps, testing::ValuesIn(decision_rows));
INSTANTIATE_TEST_SUITE_P(Deed, Steps, testing::ValuesIn(deed_rows));

}  // namespace
}  // namespace alur::dsl

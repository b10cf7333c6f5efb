// Questions and what belongs to them, from text to tree.
#include <gtest/gtest.h>

#include "parsed.hpp"

namespace alur::dsl {
namespace {

struct Row {
  const char* steps;
  const char* dump;
};

class Questions : public testing::TestWithParam<Row> {};

TEST_P(Questions, Parse) {
  EXPECT_EQ(dump_steps(GetParam().steps), GetParam().dump);
}

const Row rows[] = {
    {R"~(- ask: Siapa?
  into: name
  no_input:
    - after: 20h
      id: Masih di sana?
    - after: 10h
      outside_window: template  kabar
    - after: 10h
      outside_window: gone(name = 1)
      stop: true
- wait: 3d
  outside_window: quiet
- wait: 2s
)~",
     R"~(ask into name
  *: Siapa?
  no_input after 20h
    id: Masih di sana?
  no_input after 10h
    outside_window template kabar
  no_input after 10h
    stop
    outside_window -> gone(name = 1)
wait 3d
  outside_window -> quiet
wait 2s
)~"},
    {R"~(- ask: {id: "Siapa nama Anda?", en: "What is your name?"}
  into: contact.name
)~",
     R"~(ask into contact.name
  id: Siapa nama Anda?
  en: What is your name?
)~"},
    {R"~(- ask:
    id: Siapa?
  into: name
  options:
    - label: {id: Lewati}
      value: unset
      goto: skip
  hear:
    - hear: [batal, tidak jadi]
      say: {id: Baik.}
      goto: menu
    - hear: "ini {name}"
      set:
        who: name
  gather: 3s
  image: https://example.org/a.png
  document: https://example.org/a.pdf
  location: {latitude: lat, longitude: lon}
  link: {label: Buka, url: "https://example.org"}
  overflow: split
)~",
     R"~(ask into name
  id: Siapa?
  image: https://example.org/a.png
  document: https://example.org/a.pdf
  location lat, lon
  link https://example.org
    *: Buka
  overflow: split
  option
    id: Lewati
    value: unset
    goto skip
  hear
    hear: batal
    hear: tidak jadi
    say
      id: Baik.
    goto menu
  hear
    hear: ini {name}
    set
      who = name
  gather: 3s
)~"},
    {R"~(- ask: Siapa?
  into: name
  no_match:
    - when: too_short
      id: Terlalu pendek.
      en: Too short.
    - Maaf?
    - say: Maaf?
      goto: again
    - id: Kami panggil petugas.
      handoff: general
      summary: Perlu bantuan
      fields: {name: name}
      leave: batal
      outcomes:
        closed: next
    - run: rate(agent = "x")
      outcomes: {done: next}
    - stop: true
  no_input:
    after: 10m
    id: Masih di sana?
    goto: remind
)~",
     R"~(ask into name
  *: Siapa?
  no_match when too_short
    id: Terlalu pendek.
    en: Too short.
  no_match
    *: Maaf?
  no_match
    say
      *: Maaf?
    goto again
  no_match
    id: Kami panggil petugas.
    handoff general
      summary
        *: Perlu bantuan
      fields
        name = name
      leave: batal
      closed -> next
  no_match
    run rate(agent = "x")
      done -> next
  no_match
    stop
  no_input after 10m
    id: Masih di sana?
    goto remind
)~"},
    {R"~(- choose: Yang mana?
  each: other in others
  label: "{other.name}"
  hint: "{other.category | upper}"
  into: pick
  options:
    - label: no
    - label: {id: Bukan semuanya, en: None of these}
      hint: {id: Cari lagi, en: Search again}
      hear: [bukan, "(tak|tidak) ada"]
      set: {count: count + 1}
      say: {id: Baik., en: All right.}
      run: search
      outcomes:
        found(pick): tell
        none: next
    - label: Petugas
      handoff: general
    - label: Berhenti
      stop: true
  consent: true
  button: {id: Pilih, en: Choose}
  overflow: page
  no_input:
    - after: 1m
      say: Halo?
    - after: 1h30m
      stop: true
)~",
     R"~(choose into pick
  *: Yang mana?
  overflow: page
  each other in others
    label: {other.name}
    hint: {other.category | upper}
  option
    *: no
  option
    id: Bukan semuanya
    en: None of these
    hint
      id: Cari lagi
      en: Search again
    hear: bukan
    hear: (tak|tidak) ada
    set
      count = count + 1
    say
      id: Baik.
      en: All right.
    run search
      found(pick) -> tell
      none -> next
  option
    *: Petugas
    handoff general
  option
    *: Berhenti
    stop
  no_input after 1m
    say
      *: Halo?
  no_input after 90m
    stop
  consent
  button
    id: Pilih
    en: Choose
)~"},
    {R"~(- choose: Setuju?
  options:
    - label: 0812
      goto: a
  consent: false
)~",
     R"~(choose
  *: Setuju?
  option
    *: 0812
    goto a
)~"},
};

INSTANTIATE_TEST_SUITE_P(Rows, Questions, testing::ValuesIn(rows));

}  // namespace
}  // namespace alur::dsl

// Findings to the byte where a folder under tests/refuse would say too little: messages that depend
// on the place, and several mistakes in one app.
#include <gtest/gtest.h>

#include "tests/dsl/check/app_text.hpp"

namespace alur::dsl {
namespace {

struct Row {
  std::string_view vars;
  std::string_view states;
  std::string_view findings;
};

class Findings_ : public testing::TestWithParam<Row> {};

TEST_P(Findings_, Are) {
  EXPECT_EQ(findings_of(app_with(GetParam().vars, GetParam().states)), GetParam().findings);
}

const Row rows[] = {
    {"", R"(
  start:
    - say: Hello
    - end: done
)",
     ""},

    // The first use is told, not the ones behind it.
    {"  company: institution\n", R"(
  start:
    - call: registry.lookup(name = "abc")
      outcomes:
        licensed(company): tell
        near: tell
        not_found: tell
        unavailable: tell
  tell:
    - say: "{company.name}, {company.standing}"
    - say: "{company.name}"
    - end: done
)",
     R"(main.flow.yaml:14:14: error[T003]: `company` is not known to be set here
  14 |     - say: "{company.name}, {company.standing}"
     |              ^^^^^^^ first ask `company is set`
  related: main.flow.yaml:7:13: this unsets `company` first, and not every outcome gives it a value

1 error
)"},

    // A field of a record that may be unset itself: the record is what is told.
    {"  company: institution?\n", R"(
  start:
    - set:
        company: unset
    - say: "{company.name}"
    - end: done
)",
     R"(main.flow.yaml:9:14: error[T003]: `company` is not known to be set here
   9 |     - say: "{company.name}"
     |              ^^^^^^^ first ask `company is set`
  related: main.flow.yaml:8:18: `company` is unset here

1 error
)"},

    // A way that forgets what is known of shared variables is named.
    {"", R"(
  start:
    - if: session.topic is set
      then:
        - wait: 2s
        - say: "{session.topic}"
    - end: done
)",
     R"(main.flow.yaml:8:18: error[T003]: `session.topic` is not known to be set here
   8 |         - say: "{session.topic}"
     |                  ^^^^^^^^^^^^^ first ask `session.topic is set`
  related: main.flow.yaml:7:17: what is known of `session.topic` is forgotten here: it may change meanwhile

1 error
)"},

    // Where two ways meet, the one without a value is named, not the one with.
    {"  words: text(1..20)\n", R"(
  start:
    - choose: Which way?
      options:
        - label: The long way
          goto: long_way
        - label: The short way
          goto: meeting
  long_way:
    - set:
        words: "\"slowly\""
    - goto: meeting
  meeting:
    - say: "We go {words}"
    - end: done
)",
     R"(main.flow.yaml:18:20: error[T003]: `words` is not known to be set here
  18 |     - say: "We go {words}"
     |                    ^^^^^ first ask `words is set`
  related: main.flow.yaml:12:17: this way leads here without a value for `words`

1 error
)"},

    // Bounds are followed into sums of sums.
    {"  a: integer(1..3)\n  b: integer(0..20)\n", R"(
  start:
    - ask: How many?
      into: a
    - set:
        b: (a + 4) * 3
        a: a * a - 1
    - say: "{b} {a}"
    - end: done
)",
     R"(main.flow.yaml:11:12: error[T002]: `(a + 4) * 3` may be up to 21, and `b` takes at most 20
  11 |         b: (a + 4) * 3
     |            ^^^^^^^^^^^ write `min((a + 4) * 3, 20)`?
  related: main.flow.yaml:5:3: `b` is declared here

main.flow.yaml:12:12: error[T002]: `a * a - 1` may be up to 8, and `a` takes at most 3
  12 |         a: a * a - 1
     |            ^^^^^^^^^ write `min(a * a - 1, 3)`?
  related: main.flow.yaml:4:3: `a` is declared here

2 errors
)"},

    // A privacy that is lost on the way through functions and filters is noticed.
    {"  shown: text(0..4096)\n", R"(
  start:
    - set:
        shown: text(contact.name or "you")
    - say: "You: {shown | shorten(80)}"
      image: "https://example.org/{contact.name or \"x\" | mask}.png"
    - end: done
)",
     R"(main.flow.yaml:8:16: error[T043]: `text(contact.name or "you")` is private, and `shown` is not declared so
   8 |         shown: text(contact.name or "you")
     |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^ declare it `private text(0..4096)`?
  related: main.flow.yaml:4:3: `shown` is declared here

main.flow.yaml:10:36: error[T043]: `contact.name or "x"` is private, and the address of a file is seen by others
  10 |       image: "https://example.org/{contact.name or \"x\" | mask}.png"
     |                                    ^^^^^^^^^^^^^^^^^^^^^ leave it out

2 errors
)"},
};

INSTANTIATE_TEST_SUITE_P(Rows, Findings_, testing::ValuesIn(rows));

}  // namespace
}  // namespace alur::dsl

// Mistakes in lines, keys, brackets and whole files: what is told, to the byte, and what is read in
// spite of them.
#include <gtest/gtest.h>

#include "tests/dsl/yaml/refusal.hpp"

namespace alur::dsl {
namespace {

const Refusal refusals[] = {
    {"a backslash", "path: \"C:\\data\"\nok: \"\\u00e9\\n\"\n",
     R"(C:\data | é
)",
     R"(a.yaml:1:10: error[S039]: `\d` means nothing inside double quotes
   1 | path: "C:\data"
     |          ^^ for a backslash write `\\`

1 error
)",
     true},
    {"a key in a column of its own",
     "states:\n  start:\n    - say:\n        id: Halo\n         en: Hello\n    - goto: x\n",
     R"(Halo | Hello | x)",
     R"(a.yaml:5:10: error[S031]: this line is indented by 9 spaces, which fits none of the lines above it
   5 |          en: Hello
     |          ^^^^^^^^^ did you mean 8?

1 error
)",
     true},
    {"a state in a column of its own",
     "states:\n    start:\n      - goto: x\n   foo:\n      - goto: y\n    bar:\n      - goto: z\n",
     R"(x | y | z)",
     R"(a.yaml:4:4: error[S031]: this line is indented by 3 spaces, which fits none of the lines above it
   4 |    foo:
     |    ^^^^ did you mean 4?

1 error
)",
     true},
    {"an item in a column of its own", "start:\n    - say: x\n   - goto: y\n    - end: z\n",
     R"(x | y | z)",
     R"(a.yaml:3:4: error[S031]: this line is indented by 3 spaces, which fits none of the lines above it
   3 |    - goto: y
     |    ^^^^^^^^^ did you mean 4?

1 error
)",
     true},
    {"an item that becomes text", "hear: menu\n  - utama\n", R"(menu - utama)",
     R"(a.yaml:2:3: error[S031]: this line is read as part of the text above it
   2 |   - utama
     |   ^^^^^^^ it is indented too far, or the text above must end

1 error
)",
     true},
    {"no space after a colon", "flow: x\ngoto:menu\nmap: {a:b}\nend: done\n",
     R"(x | menu | b | done)",
     R"(a.yaml:2:5: error[S035]: there must be a space after the `:` of `goto`
   2 | goto:menu
     |     ^

a.yaml:3:8: error[S035]: there must be a space after the `:` of `a`
   3 | map: {a:b}
     |        ^

2 errors
)",
     true},
    {"a line that is nothing", "id: Halo\nselamat datang\nen: Hello\n", R"(Halo | Hello)",
     R"(a.yaml:2:1: error[S036]: this line is neither `key: value` nor `- item`
   2 | selamat datang
     | ^^^^^^^^^^^^^^ to go on with the text above, indent it further

1 error
)",
     false},
    {"a bracket that is never closed", "outcomes: [a, b\nparams:\n  x: y\n", R"(a | b | y)",
     R"(a.yaml:1:11: error[S038]: this `[` is never closed
   1 | outcomes: [a, b
     |           ^ it wants a `]`

1 error
)",
     true},
    {"a bracket that is never closed, after a comma", "outcomes: [a, b,\nparams:\n  x: y\n",
     R"(a | b | y)",
     R"(a.yaml:1:11: error[S038]: this `[` is never closed
   1 | outcomes: [a, b,
     |           ^ it wants a `]`

1 error
)",
     true},
    {"a bracket inside that is never closed", "a: [b, [c, d]\ne: f\n", R"(b | c | d | f)",
     R"(a.yaml:1:4: error[S038]: this `[` is never closed
   1 | a: [b, [c, d]
     |    ^ it wants a `]`

1 error
)",
     true},
    {"a bracket in an item that is never closed", "a:\n  - [x, y\n  - z\n", R"(x | y | z)",
     R"(a.yaml:2:5: error[S038]: this `[` is never closed
   2 |   - [x, y
     |     ^ it wants a `]`

1 error
)",
     true},
    {"brackets that close nothing", "a: ]\nb: [c}\nd: {e: f]\ng: h\n", R"(] | c} | f] | h)",
     R"(a.yaml:1:4: error[S038]: this `]` closes nothing
   1 | a: ]
     |    ^ in a text it must be in quotes

a.yaml:2:6: error[S038]: this `}` closes nothing
   2 | b: [c}
     |      ^ in a text it must be in quotes

a.yaml:3:9: error[S038]: this `]` closes nothing
   3 | d: {e: f]
     |         ^ in a text it must be in quotes

3 errors
)",
     true},
    {"keys twice", "a: 1\nb: {x: 1, x: 2, y: 3, y: 4}\na: 3\na: 4\n", R"(1 | 1 | 3)",
     R"(a.yaml:2:11: error[S003]: the key `x` is written twice
   2 | b: {x: 1, x: 2, y: 3, y: 4}
     |           ^
  related: a.yaml:2:5: it was first written here

a.yaml:2:23: error[S003]: the key `y` is written twice
   2 | b: {x: 1, x: 2, y: 3, y: 4}
     |                       ^
  related: a.yaml:2:17: it was first written here

a.yaml:3:1: error[S003]: the key `a` is written twice
   3 | a: 3
     | ^
  related: a.yaml:1:1: it was first written here

a.yaml:4:1: error[S003]: the key `a` is written twice
   4 | a: 4
     | ^
  related: a.yaml:1:1: it was first written here

4 errors
)",
     true},
    {"two documents", "a: 1\n---\nb: 2\n", R"(1)",
     R"(a.yaml:2:1: error[S034]: `---` begins a second document, and a file holds only one
   2 | ---
     | ^^^ put what follows into a file of its own

1 error
)",
     false},
    {"a tab", "a:\n\tb: 1\nc: [x,\n\ty]\n", R"()",
     R"(a.yaml:2:1: error[S030]: a line must be indented by spaces, and here is a tab
   2 | →b: 1
     | ^ replace the tabs of this file by spaces

1 error
)",
     false},
    {"a tab that the parser lets pass", "c: [x,\n\ty]\nd: one\n\ttwo\n", R"()",
     R"(a.yaml:2:1: error[S030]: a line must be indented by spaces, and here is a tab
   2 | →y]
     | ^ replace the tabs of this file by spaces

1 error
)",
     false},
    {"an anchor and an alias", "a: &x 1\nb: *x\nc: &lone 2\n", R"(1 | *x | &lone 2)",
     R"(a.yaml:1:4: error[S032]: `&x` is a YAML anchor, and these are not allowed here
   1 | a: &x 1
     |    ^^ write the lines out in both places

a.yaml:2:4: error[S032]: `*x` is a YAML alias, and these are not allowed here
   2 | b: *x
     |    ^^ write the lines out in both places

a.yaml:3:4: error[S054]: a text that begins with `&` must be in quotes
   3 | c: &lone 2
     |    ^ put quotes around the text: "&lone 2"

3 errors
)",
     false},
    {"a tag", "a: !!str 1\nb: !ref x\n", R"(1 | !ref x)",
     R"(a.yaml:1:4: error[S033]: `!!str` is a YAML tag, and these are not allowed here
   1 | a: !!str 1
     |    ^^^^^ leave it out

a.yaml:2:4: error[S054]: a text that begins with `!` must be in quotes
   2 | b: !ref x
     |    ^ put quotes around the text: "!ref x"

2 errors
)",
     true},
    {"keys that are no words", "[a]: b\n? c\n{d}: e\n: f\ng: h\n", R"(h)",
     R"(a.yaml:1:1: error[S037]: before a `:` must stand a single word, or a text in quotes
   1 | [a]: b
     | ^

a.yaml:2:1: error[S037]: before a `:` must stand a single word, or a text in quotes
   2 | ? c
     | ^

a.yaml:3:1: error[S037]: before a `:` must stand a single word, or a text in quotes
   3 | {d}: e
     | ^

a.yaml:4:1: error[S037]: before a `:` must stand a single word, or a text in quotes
   4 | : f
     | ^

4 errors
)",
     false},
    {"nothing", "\n# only a comment\n", R"()",
     R"(a.yaml:1:1: error[S023]: there is nothing in this file
   1 |
     | ^

1 error
)",
     false},
    {"a control character",
     "a: b\x07"
     "c\n",
     R"()",
     R"(a.yaml:1:5: error[S022]: here is an invisible control character, U+0007
   1 | a: b␇c
     |     ^ delete it

1 error
)",
     false},
    {"mistakes in many lines are all told",
     "a:\n  id: Catatan: satu\n  en: *bold* x\nb: \"open\nc:\n  - x #y\nd: [e\nf: g\nd: h\n",
     R"(Catatan: satu | *bold* x | "open | x | e | g)",
     R"(a.yaml:2:14: error[S050]: a text with `: ` in it must be in quotes, or stand under `|`
   2 |   id: Catatan: satu
     |              ^ put quotes around the text: "Catatan: satu"

a.yaml:3:7: error[S054]: a text that begins with `*` must be in quotes
   3 |   en: *bold* x
     |       ^ put quotes around the text: "*bold* x"

a.yaml:4:4: error[S055]: this quote is not closed on its line, so it swallows the lines below
   4 | b: "open
     |    ^ close it with `"`, or leave it out

a.yaml:6:7: error[S051]: from ` #` on this is a comment, which nobody will see
   6 |   - x #y
     |       ^^ put the text in quotes; or, for a comment, a space after `#`

a.yaml:7:4: error[S038]: this `[` is never closed
   7 | d: [e
     |    ^ it wants a `]`

a.yaml:9:1: error[S003]: the key `d` is written twice
   9 | d: h
     | ^
  related: a.yaml:7:1: it was first written here

6 errors
)",
     true},
};

TEST(RefusedLines, are_told_once_and_mended) {
  for (const Refusal& refusal : refusals) expect_refusal(refusal);
}

}  // namespace
}  // namespace alur::dsl

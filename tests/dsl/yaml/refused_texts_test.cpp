// Mistakes in texts that YAML reads in another way than their author: what is told, to the byte,
// and what is read in spite of them.
#include <gtest/gtest.h>

#include "tests/dsl/yaml/refusal.hpp"

namespace alur::dsl {
namespace {

const Refusal refusals[] = {
    {"a text with a colon", "say:\n  id: Catatan: buka jam 8\n  en: Note: open at 8\nend: done\n",
     R"(Catatan: buka jam 8 | Note: open at 8 | done)",
     R"(a.yaml:2:14: error[S050]: a text with `: ` in it must be in quotes, or stand under `|`
   2 |   id: Catatan: buka jam 8
     |              ^ put quotes around the text: "Catatan: buka jam 8"

a.yaml:3:11: error[S050]: a text with `: ` in it must be in quotes, or stand under `|`
   3 |   en: Note: open at 8
     |           ^ put quotes around the text: "Note: open at 8"

2 errors
)",
     true},
    {"a text that ends with a colon", "id: Jam buka:\nen: Hours\n", R"(Jam buka: | Hours)",
     R"(a.yaml:1:13: error[S050]: a text that ends with `:` must be in quotes, or stand under `|`
   1 | id: Jam buka:
     |             ^ put quotes around the text: "Jam buka:"

1 error
)",
     true},
    {"a colon in the second line of a text", "id: Halo semua\n  Catatan: buka jam 8\nen: Hello\n",
     R"(Halo semua Catatan: buka jam 8 | Hello)",
     R"(a.yaml:2:10: error[S050]: a text with `: ` in it must be in quotes, or stand under `|`
   2 |   Catatan: buka jam 8
     |          ^ put quotes around the text

1 error
)",
     true},
    {"a text with a hash", "id: Hubungi #157 dial\nen: \"Call #157\" #ok\nother: x # a comment\n",
     R"(Hubungi | Call #157 | x)",
     R"(a.yaml:1:13: error[S051]: from ` #` on this is a comment, which nobody will see
   1 | id: Hubungi #157 dial
     |             ^^^^^^^^^ put the text in quotes; or, for a comment, a space after `#`

1 error
)",
     true},
    {"a text that begins with a hash", "hear: #hubungi\nlist:\n  - #157\n  - b\n",
     R"(#hubungi | #157 | b)",
     R"(a.yaml:1:7: error[S051]: from ` #` on this is a comment, which nobody will see
   1 | hear: #hubungi
     |       ^^^^^^^^ put the text in quotes; or, for a comment, a space after `#`

a.yaml:3:5: error[S051]: from ` #` on this is a comment, which nobody will see
   3 |   - #157
     |     ^^^^ put the text in quotes; or, for a comment, a space after `#`

2 errors
)",
     true},
    {"a hash inside brackets", "hear: [petugas, #hubungipetugas, agent]\nend: done\n",
     R"(petugas | #hubungipetugas | agent | done)",
     R"(a.yaml:1:17: error[S051]: from ` #` on this is a comment, which nobody will see
   1 | hear: [petugas, #hubungipetugas, agent]
     |                 ^^^^^^^^^^^^^^^^^^^^^^^ put the text in quotes; or, for a comment, a space after `#`

1 error
)",
     true},
    {"a hash inside brackets of several lines", "hear: [petugas, #petugas\n  agent]\n",
     R"(petugas | agent)",
     R"(a.yaml:1:17: error[S051]: from ` #` on this is a comment, which nobody will see
   1 | hear: [petugas, #petugas
     |                 ^^^^^^^^ put the text in quotes; or, for a comment, a space after `#`

1 error
)",
     true},
    {"a comma inside braces", "say: {id: Ya, benar, en: Yes}\nask: {id: Satu, dua, tiga}\n",
     R"(Ya, benar | Yes | Satu, dua, tiga)",
     R"(a.yaml:1:13: error[S052]: inside `{ }` a comma ends the text before it
   1 | say: {id: Ya, benar, en: Yes}
     |             ^ put quotes around the text: "Ya, benar"

a.yaml:2:15: error[S052]: inside `{ }` a comma ends the text before it
   2 | ask: {id: Satu, dua, tiga}
     |               ^ put quotes around the text: "Satu, dua, tiga"

2 errors
)",
     true},
    {"a placeholder without quotes", "label: {other.name}\nhint: {name} halo\nlist: [{a}, {b}]\n",
     R"({other.name} | {name} halo | {a} | {b})",
     R"(a.yaml:1:8: error[S053]: `{ }` without quotes holds `key: value`, and here is no value
   1 | label: {other.name}
     |        ^^^^^^^^^^^^ put quotes around the text: "{other.name}"

a.yaml:2:7: error[S054]: a text that begins with `{` must be in quotes
   2 | hint: {name} halo
     |       ^ put quotes around the text: "{name} halo"

a.yaml:3:8: error[S053]: `{ }` without quotes holds `key: value`, and here is no value
   3 | list: [{a}, {b}]
     |        ^^^ put quotes around the text: "{a}"

a.yaml:3:13: error[S053]: `{ }` without quotes holds `key: value`, and here is no value
   3 | list: [{a}, {b}]
     |             ^^^ put quotes around the text: "{b}"

4 errors
)",
     true},
    {"one key of several without a value", "map: {a, b: 1}\n", R"(1)",
     R"(a.yaml:1:7: error[S053]: the key `a` has no value, inside `{ }`
   1 | map: {a, b: 1}
     |       ^

1 error
)",
     false},
    {"a placeholder inside a list", "hear: [cek {name}, apa]\nend: done\n",
     R"(cek {name} | apa | done)",
     R"(a.yaml:1:12: error[S059]: a text with `{` in it must be in quotes inside a list in brackets
   1 | hear: [cek {name}, apa]
     |            ^ put quotes around the text: "cek {name}"

1 error
)",
     true},
    {"bold text", "id: *Penting*: baca\nen: *Important* read\n",
     R"(*Penting*: baca | *Important* read)",
     R"(a.yaml:1:5: error[S054]: a text that begins with `*` must be in quotes
   1 | id: *Penting*: baca
     |     ^ put quotes around the text: "*Penting*: baca"

a.yaml:2:5: error[S054]: a text that begins with `*` must be in quotes
   2 | en: *Important* read
     |     ^ put quotes around the text: "*Important* read"

2 errors
)",
     true},
    {"every special character",
     "a: & b\nb: !Penting\nc: %d orang\nd: @budi\ne: `kode`\nf: > 5 orang\ng: | x\nh: - satu\ni: ? "
     "apa\nj: [Penting] Baca\nk: , ya\nl: ok\n",
     R"(& b | !Penting | %d orang | @budi | `kode` | > 5 orang | x | - satu | ? apa | [Penting] Baca | , ya | ok)",
     R"(a.yaml:1:4: error[S054]: a text that begins with `&` must be in quotes
   1 | a: & b
     |    ^ put quotes around the text: "& b"

a.yaml:2:4: error[S054]: a text that begins with `!` must be in quotes
   2 | b: !Penting
     |    ^ put quotes around the text: "!Penting"

a.yaml:3:4: error[S054]: a text that begins with `%` must be in quotes
   3 | c: %d orang
     |    ^ put quotes around the text: "%d orang"

a.yaml:4:4: error[S054]: a text that begins with `@` must be in quotes
   4 | d: @budi
     |    ^ put quotes around the text: "@budi"

a.yaml:5:4: error[S054]: a text that begins with a backtick must be in quotes
   5 | e: `kode`
     |    ^ put quotes around the text: "`kode`"

a.yaml:6:4: error[S054]: a text that begins with `>` must be in quotes
   6 | f: > 5 orang
     |    ^ put quotes around the text: "> 5 orang"

a.yaml:7:4: error[S054]: a text that begins with `|` must be in quotes
   7 | g: | x
     |    ^ put quotes around the text, or begin it on the next line

a.yaml:8:4: error[S054]: a text that begins with `- ` must be in quotes
   8 | h: - satu
     |    ^ put quotes around the text: "- satu"

a.yaml:9:4: error[S054]: a text that begins with `? ` must be in quotes
   9 | i: ? apa
     |    ^ put quotes around the text: "? apa"

a.yaml:10:4: error[S054]: a text that begins with `[` must be in quotes
  10 | j: [Penting] Baca
     |    ^ put quotes around the text: "[Penting] Baca"

a.yaml:11:4: error[S054]: a text that begins with `,` must be in quotes
  11 | k: , ya
     |    ^ put quotes around the text: ", ya"

11 errors
)",
     true},
    {"special characters inside brackets", "hear: [@budi, *x, 'ok']\n", R"(@budi | *x | ok)",
     R"(a.yaml:1:8: error[S054]: a text that begins with `@` must be in quotes
   1 | hear: [@budi, *x, 'ok']
     |        ^ put quotes around the text: "@budi"

a.yaml:1:15: error[S054]: a text that begins with `*` must be in quotes
   1 | hear: [@budi, *x, 'ok']
     |               ^ put quotes around the text: "*x"

2 errors
)",
     true},
    {"a percent sign at the beginning of a line", "%YAML 1.2\n---\na: b\n", R"(b)",
     R"(a.yaml:1:1: error[S054]: a line cannot begin with `%`
   1 | %YAML 1.2
     | ^

1 error
)",
     true},
    {"a quote that swallows a key", "id: \"Halo\nen: \"Hello\"\nend: done\n",
     R"("Halo | Hello | done)",
     R"(a.yaml:1:5: error[S055]: this quote is not closed on its line, so it swallows the lines below
   1 | id: "Halo
     |     ^ close it with `"`, or leave it out

1 error
)",
     true},
    {"a quote that swallows the rest", "id: 'tis the season\nen: Hello\nend: it's\n",
     R"('tis the season | Hello | it's)",
     R"(a.yaml:1:5: error[S055]: this quote is not closed on its line, so it swallows the lines below
   1 | id: 'tis the season
     |     ^ close it with `'`, or leave it out

1 error
)",
     true},
    {"a quote that swallows an item", "list:\n  - \"satu\n  - dua\nend: \"done\"\n",
     R"("satu | dua | done)",
     R"(a.yaml:2:5: error[S055]: this quote is not closed on its line, so it swallows the lines below
   2 |   - "satu
     |     ^ close it with `"`, or leave it out

1 error
)",
     true},
    {"a quote without an end", "id: \"Halo\nstart: menu\n", R"("Halo | menu)",
     R"(a.yaml:1:5: error[S055]: this quote is not closed on its line, so it swallows the lines below
   1 | id: "Halo
     |     ^ close it with `"`, or leave it out

1 error
)",
     true},
    {"a quote without an end inside brackets", "hear: [\"cek, apa]\nend: done\n",
     R"("cek | apa | done)",
     R"(a.yaml:1:8: error[S055]: this quote is not closed on its line, so it swallows the lines below
   1 | hear: ["cek, apa]
     |        ^ close it with `"`, or leave it out

1 error
)",
     true},
    {"text after a quote", "id: \"Halo\" kata dia\nen: 'Hello' she said\n",
     R"("Halo" kata dia | 'Hello' she said)",
     R"(a.yaml:1:11: error[S056]: the text ended at the closing quote, and here is more of it
   1 | id: "Halo" kata dia
     |           ^^^^^^^^^ put quotes around the text: "\"Halo\" kata dia"

a.yaml:2:12: error[S056]: the text ended at the closing quote, and here is more of it
   2 | en: 'Hello' she said
     |            ^^^^^^^^^ put quotes around the text: "'Hello' she said"

2 errors
)",
     true},
    {"carriage returns", "a: |\r\n  x\r\nb: *c*\r\n", R"(x | *c*)",
     R"(a.yaml:3:4: error[S054]: a text that begins with `*` must be in quotes
   3 | b: *c*
     |    ^ put quotes around the text: "*c*"

1 error
)",
     true},
};

TEST(RefusedTexts, are_told_once_and_mended) {
  for (const Refusal& refusal : refusals) expect_refusal(refusal);
}

}  // namespace
}  // namespace alur::dsl

#include "tests/tools/replay/small_app.hpp"

#include <gtest/gtest.h>

#include "dsl/chat/parse_chat.hpp"
#include "dsl/compile/compile.hpp"
#include "dsl/finding/render.hpp"
#include "tools/replay/report.hpp"

namespace alur::tools {

namespace {

constexpr std::string_view app_yaml = R"(app: small
languages: [id, en]
timezone: Asia/Jakarta
start: menu
channels: [whatsapp, console]
types:
  item:
    key: text(1..20)
    name: text(1..80)
    price: number
    since: date?
services:
  shop.find:
    params:
      name: text(1..80)
    outcomes:
      found: item
      several: list of item (1..3)
      nothing:
    timeout: 4s
  shop.count:
    outcomes:
      counted: integer(0..9)
queues:
  desk:
    priority: 1
templates:
  reminder:
    id: Ada jawaban untuk Anda.
    en: There is an answer for you.
contact:
  name: text(1..80)?
defaults:
  no_match:
    - id: Maaf?
      en: Sorry?
    - goto: menu
  no_input:
    - after: 10m
      id: Masih di sana?
      en: Still there?
    - after: 30m
      goto: bye
anytime:
  - hear: [stop]
    stop: true
  - hear: [petugas]
    run: people
)";

constexpr std::string_view menu_yaml = R"(flow: menu
about: The menu.
states:
  start:
    - choose:
        id: Halo! Mau apa?
        en: Hello! What would you like?
      options:
        - label: {id: Cari, en: Find}
          goto: search
        - label: {id: Hitung, en: Count}
          goto: count
        - label: {id: Tiket, en: Ticket}
    - say:
        id: Tiket Anda T-2026-0007. Simpan, ya.
        en: Your ticket is T-2026-0007. Keep it.
      link:
        label: {id: Lihat, en: See}
        url: "https://contoh.id/t"
    - track: ticket_given
    - end: done
outcomes: [done]
)";

constexpr std::string_view search_yaml = R"(flow: search
about: Finds something.
outcomes: [done]
vars:
  what: text(1..80)
  one: item
  many: list of item (1..3)
states:
  start:
    - ask:
        id: Cari apa?
        en: Find what?
      into: what
    - goto: look
  look:
    - call: shop.find(name = what)
      outcomes:
        found(one): tell
        several(many): which
        nothing: none_found
        unavailable: slow
  slow:
    - say: {id: "Sebentar, saya coba lagi.", en: "One moment, I am trying again."}
    - wait: 2s
    - say: {id: "Toko tutup.", en: "The shop is closed."}
    - end: done
  which:
    - choose: {id: "Yang mana?", en: "Which one?"}
      each: other in many
      label: "{other.name}"
      into: one
    - goto: tell
  none_found:
    - say: {id: "Tidak ada *{what}*.", en: "There is no *{what}*."}
    - end: done
  tell:
    - set:
        contact.name: one.name
    - say:
        id: |
          *{one.name}*
          Harga: {one.price | rupiah}
        en: |
          *{one.name}*
          Price: {one.price | rupiah}
    - end: done
)";

constexpr std::string_view count_yaml = R"(flow: count
about: Counts.
outcomes: [done]
vars:
  number: integer(0..9)
states:
  start:
    - call: shop.count()
      outcomes:
        counted(number): tell
        unavailable: tell_nothing
  tell:
    - say: {id: "Ada {number}.", en: "There are {number}."}
    - end: done
  tell_nothing:
    - say: {id: "Entah.", en: "Nobody knows."}
    - end: done
)";

constexpr std::string_view people_yaml = R"(flow: people
about: People.
outcomes: [back]
states:
  start:
    - say: {id: "Tunggu petugas.", en: "Wait for a person."}
    - handoff: desk
      fields:
        name: contact.name or "-"
      leave: [batal]
      outcomes:
        closed: thanks
        left: back
        no_agent: nobody
        out_of_hours: nobody
        timed_out: nobody
        unavailable: nobody
  thanks:
    - say: {id: "Terima kasih.", en: "Thank you."}
    - goto: back
  nobody:
    - say: {id: "Tidak ada orang.", en: "Nobody is there."}
    - goto: back
  back:
    - end: back
)";

constexpr std::string_view report_yaml = R"(flow: report
about: Takes a name and a number that nobody else may see.
outcomes: [done]
triggers:
  - hear: lapor
vars:
  name: private text(2..40)
  phone: private phone
  lost: private number
states:
  start:
    - ask: {id: "Siapa nama Anda?", en: "What is your name?"}
      into: name
    - ask: {id: "Nomor telepon Anda?", en: "Your telephone number?"}
      into: phone
    - ask: {id: "Berapa kerugian Anda?", en: "How much did you lose?"}
      into: lost
    - say:
        id: "Terima kasih, {name | upper}. Kami menelepon {phone | mask} tentang {lost | rupiah}."
        en: "Thank you, {name | upper}. We call {phone | mask} about {lost | rupiah}."
    - end: done
)";

constexpr std::string_view bye_yaml = R"(flow: bye
about: The end.
outcomes: [done]
states:
  start:
    - say: {id: "Sampai jumpa.", en: "Good bye."}
    - end: done
)";

dsl::AppFile file(std::string path, std::string_view text) {
  std::string shown = "small/" + path;
  return {std::move(path), std::move(shown), std::string(text)};
}

}  // namespace

std::shared_ptr<const program::Program> small_app() {
  static const std::shared_ptr<const program::Program> program = [] {
    const dsl::Compilation compiled =
        dsl::compile({file("app.yaml", app_yaml), file("bye.flow.yaml", bye_yaml),
                      file("count.flow.yaml", count_yaml), file("menu.flow.yaml", menu_yaml),
                      file("people.flow.yaml", people_yaml), file("report.flow.yaml", report_yaml),
                      file("search.flow.yaml", search_yaml)});
    EXPECT_EQ(dsl::render_text(*compiled.sources, compiled.findings), "");
    return compiled.program;
  }();
  return program;
}

std::vector<ChatResult> run_text(const std::string& text, const RunOptions& options) {
  dsl::Sources sources;
  dsl::Findings findings;
  const dsl::FileId id = sources.add("a.chat", text);
  const dsl::ChatFile chats = dsl::parse_chat(sources, id, findings);
  EXPECT_EQ(dsl::render_text(sources, findings), "");
  std::vector<ChatResult> results;
  for (const dsl::Chat& chat : chats.chats) {
    results.push_back(run_chat({small_app(), nullptr}, sources.at(id), chat, options));
  }
  return results;
}

std::string run_lines(const std::string& lines) {
  std::string report;
  for (const ChatResult& result : run_text("chat: T\n" + lines)) {
    if (!result.passed()) report += report_failure(result);
  }
  return report;
}

}  // namespace alur::tools

#include "tests/generated/service_app.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

namespace alur::tests {
namespace {

constexpr int children_max = 7;  // of a topic; with the way back and the person a full list

constexpr std::string_view app_yaml = R"(app: service
languages: [id, en]
timezone: Asia/Jakarta
start: topic0
channels: [whatsapp, webchat]
types:
  entry:
    key: text(1..40)
    name: text(1..80)
    standing: one of full, limited, revoked
    since: date?
    stale: bool
  receipt:
    number: text(4..30)
    due: date
services:
  list.find:
    params:
      name: text(1..80)
    outcomes:
      found: entry
      near: list of entry (1..3)
      not_found:
    timeout: 5s
  file.record:
    params:
      kind: one of question, report, complaint
      name: private text(2..80)
      amount: private number?
      story: private text(10..800)
    outcomes:
      opened: receipt
      already: receipt
    changes: true
  file.state:
    params:
      number: text(4..30)
    outcomes:
      found: one of received, checking, needs_papers, answered, closed
      not_found:
hours:
  office: mon-fri 08:00-17:00
queues:
  people:
    hours: office
contact:
  name: private text(2..80)?
session:
  welcomed: bool?
  asked_about: text(1..80)?
defaults:
  no_match:
    - id: Maaf, saya belum paham. Pilih salah satu jawaban, atau ketik *petugas*.
      en: Sorry, I did not get that. Choose one of the answers, or type *agent*.
    - id: Maaf, saya masih belum paham. Ketik *petugas* atau *menu* kapan saja. Saya carikan petugas.
      en: Sorry, I still do not understand. Type *agent* or *menu* at any time. I am looking for a person.
      goto: person
  no_input:
    - after: 10m
      id: Anda masih di sana?
      en: Are you still there?
    - after: 30m
      goto: farewell
anytime:
  - hear: [menu, menu utama]
    goto: topic0
  - hear: [petugas, agent]
    run: handoff
  - hear: [english]
    set: {language: en}
  - hear: [stop, berhenti]
    say: {id: "Baik. Sampai jumpa.", en: "All right. Goodbye."}
    stop: true
)";

constexpr std::string_view handoff_yaml = R"(flow: handoff
about: Brings a citizen to a person.
outcomes: [back]
states:
  start:
    - if: is_open(office)
      then:
        - say: {id: "Saya hubungkan Anda. Mohon tunggu.", en: "I am connecting you. Please wait."}
    - handoff: people
      summary: {id: "Warga meminta petugas.", en: "A citizen asks for a person."}
      fields:
        asked_about: session.asked_about or "-"
      leave: [batal, cancel]
      outcomes:
        closed: served
        left: back
        no_agent: nobody
        out_of_hours: nobody
        timed_out: nobody
        unavailable: nobody
  served:
    - choose: {id: "Apakah Anda terbantu?", en: "Did it help?"}
      options:
        - label: {id: "Ya", en: "Yes"}
        - label: {id: "Belum", en: "Not yet"}
    - stop: true
  nobody:
    - say:
        id: Maaf, belum ada petugas. Anda bisa menelepon *157* pada hari kerja.
        en: Sorry, nobody is free. You can call *157* on working days.
      contact: true
    - goto: back
  back:
    - end: back
)";

constexpr std::string_view person_yaml = R"(flow: person
about: Brings a citizen to a person, and afterwards to the menu.
states:
  start:
    - run: handoff
      outcomes:
        back: topic0
)";

constexpr std::string_view farewell_yaml = R"(flow: farewell
about: Closes a conversation in which nobody answers.
states:
  start:
    - say:
        id: Saya tutup dulu percakapan ini. Ketik apa saja untuk mulai lagi.
        en: I am closing this conversation for now. Type anything to start again.
    - stop: true
)";

constexpr std::string_view identity_yaml = R"(flow: identity
about: Asks for the name, unless it is known.
outcomes:
  known: private text(2..80)
  gave_up:
params:
  reason: one of question, report, complaint
vars:
  name: private text(2..80)
states:
  start:
    - if: contact.name is set
      goto: known_already
    - goto: ask_name
  known_already:
    - choose: {id: "Masih dengan nama yang sama?", en: "Still the same name?"}
      options:
        - label: {id: "Ya", en: "Yes"}
        - label: {id: "Nama lain", en: "Another name"}
          goto: ask_name
    - goto: finish
  ask_name:
    - match: reason
      cases:
        question: next
        report, complaint:
          - say: {id: "Nama Anda kami rahasiakan.", en: "Your name is kept private."}
    - ask: {id: "Siapa nama Anda?", en: "What is your name?"}
      into: name
    - set:
        contact.name: name
    - goto: finish
  finish:
    - if: contact.name is set
      then:
        - end: known(contact.name)
    - end: gave_up
)";

// A topic: a menu of what lies below it. The first is where conversations begin.
constexpr std::string_view topic_yaml = R"(flow: topic@N
about: Menu @N.
@trigger
states:
  start:
@welcome
    - goto: menu
  menu:
    - choose:
        id: Topik @N. Apa yang Anda cari? Ketik *petugas* untuk bicara dengan petugas.
        en: Topic @N. What are you looking for? Type *agent* to talk to a person.
      options:
@options
        - label: {id: "Bicara ke petugas", en: "Talk to a person"}
          goto: person
      hear:
        - hear: [halo, hello]
          say: {id: "Halo juga!", en: "Hello again!"}
)";

constexpr std::string_view welcome_yaml = R"(    - if: session.welcomed is set
      goto: menu
    - say:
        id: Halo! Ketik *petugas* untuk bicara dengan petugas, *menu* untuk menu.
        en: Hello! Type *agent* to talk to a person, *menu* for the menu.
    - set:
        session.welcomed: true)";

// Takes a report: who, what kind, how much, the story, and sends it once all of it is confirmed.
constexpr std::string_view form_yaml = R"(flow: service@N
about: Takes report @N.
outcomes: [done, gave_up]
triggers:
  - hear: "lapor @N"
vars:
  name: private text(2..80)
  kind: one of question, report, complaint?
  amount: number?
  urgent: bool?
  story: private text(10..800)
  got: receipt
  known: bool?
states:
  start:
    - set:
        known: false
    - choose: {id: "Apa yang ingin Anda sampaikan?", en: "What would you like to tell us?"}
      into: kind
      options:
        - label: {id: "Pertanyaan", en: "A question"}
          value: question
        - label: {id: "Laporan", en: "A report"}
          value: report
        - label: {id: "Pengaduan", en: "A complaint"}
          value: complaint
    - run: identity(reason = kind)
      outcomes:
        known(name): ask_amount
        gave_up: leave
  ask_amount:
    - if: kind == question
      goto: ask_story
    - ask: {id: "Berapa kerugian Anda?", en: "How much did you lose?"}
      into: amount
      hear:
        - hear: [lewati, skip]
          goto: ask_story
    - choose: {id: "Baru terjadi?", en: "Has it just happened?"}
      into: urgent
      options:
        - label: {id: "Hari ini", en: "Today"}
          value: "true"
        - label: {id: "Sudah lama", en: "Long ago"}
          value: "false"
    - if: urgent is set and urgent
      then:
        - say:
            id: Telepon bank Anda sekarang juga.
            en: Call your bank right now.
    - goto: ask_story
  ask_story:
    - ask: {id: "Ceritakan kejadiannya.", en: "Tell us what happened."}
      into: story
      gather: 5s
    - goto: confirm
  confirm:
    - choose:
        id: "Nama: {name}. Jumlah: {amount or 0 | rupiah}. Kirim?"
        en: "Name: {name}. Amount: {amount or 0 | rupiah}. Send it?"
      options:
        - label: {id: "Kirim", en: "Send"}
        - label: {id: "Ubah jumlah", en: "Change the amount"}
          goto: ask_amount
        - label: {id: "Ubah cerita", en: "Change the story"}
          goto: ask_story
        - label: {id: "Batal", en: "Cancel"}
          goto: leave
    - goto: send
  send:
    - call: file.record(kind = kind, name = name, amount = amount, story = story)
      outcomes:
        opened(got): told
        already(got): told_again
        unavailable: slow
  slow:
    - goto: once_more
      at_most: 1
    - goto: down
  once_more:
    - say: {id: "Saya coba sekali lagi.", en: "I am trying once more."}
    - wait: 2s
    - goto: send
  down:
    - choose: {id: "Maaf, ada gangguan. Coba lagi nanti?", en: "Sorry, something is down. Try again?"}
      options:
        - label: {id: "Coba lagi", en: "Try again"}
          goto: send
        - label: {id: "Bicara ke petugas", en: "Talk to a person"}
          goto: person
        - label: {id: "Nanti saja", en: "Later"}
    - goto: leave
  told_again:
    - set:
        known: true
    - goto: told
  told:
    - if: known
      then:
        - say: {id: "Ini sudah kami catat.", en: "We have this already."}
    - say:
        id: "Nomor Anda {got.number}, dijawab paling lambat {got.due | date}."
        en: "Your number is {got.number}, answered by {got.due | date}."
    - choose: {id: "Ada lagi?", en: "Anything else?"}
      options:
        - label: {id: "Laporan lain", en: "Another report"}
          goto: start
        - label: {id: "Tidak", en: "No"}
    - end: done
  leave:
    - end: gave_up
)";

// Looks a name up, asks which of several is meant, and tells what is known of it.
constexpr std::string_view lookup_yaml = R"(flow: service@N
about: Looks a name up in list @N.
outcomes: [answered, gave_up]
triggers:
  - hear: ["cek @N {name}", "check @N {name}"]
params:
  name: text(1..80)?
vars:
  entry: entry
  others: list of entry (1..3)
  pick: entry
  guessed: bool
  since: text(1..60)
states:
  start:
    - if: name is unset
      goto: ask_name
    - goto: lookup
  ask_name:
    - ask: {id: "Nama apa yang dicari?", en: "Which name should I look up?"}
      into: name
      no_match:
        - when: too_long
          id: Itu terlalu panjang.
          en: That is too long.
        - id: Ketik *petugas* atau *menu* kapan saja. Saya carikan petugas.
          en: Type *agent* or *menu* at any time. I am looking for a person.
          goto: person
    - goto: lookup
  lookup:
    - set:
        guessed: false
        session.asked_about: name
    - call: list.find(name = name)
      outcomes:
        found(entry): tell
        near(others): which_one
        not_found: not_found
        unavailable: slow
  which_one:
    - choose:
        id: Tidak ada yang persis *{name}*. Yang mana?
        en: Nothing is exactly *{name}*. Which one?
      each: other in others
      label: "{other.name}"
      into: pick
      options:
        - label: {id: "Bukan semuanya", en: "None of these"}
          hear: [bukan, none]
          goto: not_found
    - set:
        guessed: true
    - call: list.find(name = pick.name)
      outcomes:
        found(entry): tell
        near(others): not_found
        not_found: not_found
        unavailable: slow
  slow:
    - goto: once_more
      at_most: 1
    - goto: down
  once_more:
    - say: {id: "Saya coba sekali lagi.", en: "I am trying once more."}
    - wait: 2s
    - goto: lookup
  down:
    - choose: {id: "Maaf, daftar sedang terganggu.", en: "Sorry, the list is down."}
      options:
        - label: {id: "Coba lagi", en: "Try again"}
          goto: lookup
        - label: {id: "Nanti saja", en: "Later"}
    - end: gave_up
  tell:
    - if: guessed
      then:
        - say: {id: "Ini tentang *{entry.name}*.", en: "This is about *{entry.name}*."}
    - set:
        since: '"-"'
    - if: entry.since is set
      then:
        - set:
            since: text(entry.since)
    - if: entry.stale
      goto: tell_stale
    - match: entry.standing
      cases:
        full:
          - say: {id: "Berizin sejak {since}.", en: "Licensed since {since}."}
        limited:
          - say: {id: "Dibatasi sejak {since}.", en: "Restricted since {since}."}
        revoked:
          - say: {id: "Dicabut pada {since}.", en: "Revoked on {since}."}
          - say: {id: "Jangan membayar dulu.", en: "Do not pay yet."}
    - goto: another
  tell_stale:
    - say:
        id: Daftarnya sudah lama. Tanyakan dulu sebelum membayar.
        en: The list is old. Ask before you pay.
    - goto: another
  not_found:
    - track: not_found_told
    - say:
        id: "*{name}* tidak saya temukan. Jangan membayar dulu."
        en: "I cannot find *{name}*. Do not pay yet."
    - goto: another
  another:
    - choose: {id: "Ada nama lain?", en: "Is there another name?"}
      options:
        - label: {id: "Nama lain", en: "Another name"}
          goto: ask_name
        - label: {id: "Kembali ke menu", en: "Back to the menu"}
          goto: topic0
        - label: {id: "Selesai", en: "Done"}
    - end: answered
)";

// Answers from a few fixed texts, as often as somebody asks.
constexpr std::string_view information_yaml = R"(flow: service@N
about: Information @N.
outcomes: [done]
triggers:
  - hear: "info @N"
vars:
  asked: integer(0..9)?
  detail: one of short, long?
states:
  start:
    - set:
        asked: 0
    - goto: ask
  ask:
    - choose: {id: "Tentang apa?", en: "About what?"}
      options:
        - label: {id: "Syarat", en: "Requirements"}
          goto: requirements
        - label: {id: "Biaya", en: "Fees"}
          goto: fees
        - label: {id: "Kantor", en: "Office"}
          goto: office
        - label: {id: "Selesai", en: "Done"}
    - if: asked > 2
      then:
        - say: {id: "Semoga membantu.", en: "I hope this helps."}
    - end: done
  requirements:
    - choose: {id: "Singkat atau lengkap?", en: "Short or complete?"}
      into: detail
      options:
        - label: {id: "Singkat", en: "Short"}
          value: short
        - label: {id: "Lengkap", en: "Complete"}
          value: long
    - match: detail
      cases:
        short:
          - say: {id: "KTP saja.", en: "Your identity card."}
        long:
          - say: {id: "KTP, buku tabungan, surat.", en: "Identity card, bank book, letter."}
          - say: {id: "Semuanya asli.", en: "All of them originals."}
    - goto: onward
  fees:
    - say: {id: "Tidak ada biaya.", en: "There are no fees."}
    - goto: onward
  office:
    - if: is_open(office)
      then:
        - say: {id: "Kantor sedang buka.", en: "The office is open."}
      else:
        - say: {id: "Kantor sedang tutup.", en: "The office is closed."}
    - goto: onward
  onward:
    - set:
        asked: min(asked + 1, 9)
    - goto: ask
)";

// How far something is: one number, five answers.
constexpr std::string_view status_yaml = R"(flow: service@N
about: How far report @N is.
outcomes: [told, gave_up]
triggers:
  - hear: "status @N"
vars:
  number: text(4..30)
  stage: one of received, checking, needs_papers, answered, closed
  again: bool?
states:
  start:
    - ask: {id: "Apa nomornya?", en: "What is its number?"}
      into: number
    - goto: look
  look:
    - call: file.state(number = number)
      outcomes:
        found(stage): tell
        not_found: unknown
        unavailable: down
  tell:
    - match: stage
      cases:
        received:
          - say: {id: "Sudah kami terima.", en: "We have received it."}
        checking:
          - say: {id: "Sedang kami periksa.", en: "We are checking it."}
        needs_papers:
          - say: {id: "Kami menunggu berkas Anda.", en: "We are waiting for your papers."}
          - run: service@M
            outcomes:
@outcomes
        answered, closed:
          - say: {id: "Sudah dijawab.", en: "It has been answered."}
          - choose: {id: "Puas dengan jawabannya?", en: "Are you happy with the answer?"}
            into: again
            options:
              - label: {id: "Ya", en: "Yes"}
                value: "false"
              - label: {id: "Belum", en: "Not yet"}
                value: "true"
          - if: again
            then:
              - run: handoff
                outcomes:
                  back: next
    - end: told
  unknown:
    - choose: {id: "Nomor itu tidak ada.", en: "There is no such number."}
      options:
        - label: {id: "Nomor lain", en: "Another number"}
          goto: start
        - label: {id: "Selesai", en: "Done"}
    - end: gave_up
  down:
    - say: {id: "Maaf, sedang terganggu.", en: "Sorry, this is down."}
    - end: gave_up
)";

std::string filled(std::string_view text, std::string_view key, std::string_view value) {
  std::string out(text);
  for (std::size_t at = out.find(key); at != std::string::npos;
       at = out.find(key, at + value.size())) {
    out.replace(at, key.size(), value);
  }
  return out;
}

class ServiceWriter {
 public:
  explicit ServiceWriter(int flows) : flows_(flows) {
    add("app.yaml", app_yaml);
    add("handoff.flow.yaml", handoff_yaml);
    add("person.flow.yaml", person_yaml);
    add("farewell.flow.yaml", farewell_yaml);
    add("identity.flow.yaml", identity_yaml);
  }

  // Node 0 of the tree is the first topic; a node with children is a topic, the others are
  // services.
  std::vector<dsl::AppFile> write() {
    nodes_ = std::max(flows_ - 4, 8);
    for (int i = 0; i < nodes_; ++i)
      add(name_of(i) + ".flow.yaml", is_topic(i) ? topic(i) : service(i));
    return std::move(files_);
  }

 private:
  static constexpr std::array shapes{form_yaml, lookup_yaml, information_yaml, status_yaml};

  void add(const std::string& path, std::string_view text) {
    files_.push_back({path, path, std::string(text)});
  }

  bool is_topic(int i) const { return i * children_max + 1 < nodes_; }
  static std::size_t shape_of(int i) { return static_cast<std::size_t>(i) % shapes.size(); }
  std::string name_of(int i) const {
    return fmt::format("{}{}", is_topic(i) ? "topic" : "service", i);
  }

  std::string topic(int i) const {
    std::string options;
    for (int c = 1; c <= children_max && i * children_max + c < nodes_; ++c) {
      const int child = i * children_max + c;
      options += fmt::format("        - label: {{id: Pilihan {0}, en: Choice {0}}}\n", child);
      options += step_to(child);
    }
    if (i > 0) {
      options += "        - label: {id: Kembali, en: Back}\n";
      options += fmt::format("          goto: topic{}\n", (i - 1) / children_max);
    }
    options.pop_back();
    std::string text = filled(topic_yaml, "@options", options);
    text = filled(text, "@welcome", i == 0 ? welcome_yaml : "    - track: topic_seen");
    text = filled(text, "@trigger",
                  i == 0 ? "" : fmt::format("triggers:\n  - hear: \"topik {}\"\n", i));
    return filled(text, "@N", std::to_string(i));
  }

  // Services run above their topic and come back to its menu; topics follow one another.
  std::string step_to(int child) const {
    if (is_topic(child)) return fmt::format("          goto: topic{}\n", child);
    std::string text = fmt::format("          run: service{}\n          outcomes:\n", child);
    for (const std::string_view outcome : outcomes_of(child)) {
      text += fmt::format("            {}: menu\n", outcome);
    }
    return text;
  }

  static std::vector<std::string_view> outcomes_of(int i) {
    static const std::array<std::vector<std::string_view>, 4> all{
        {{"done", "gave_up"}, {"answered", "gave_up"}, {"done"}, {"told", "gave_up"}}};
    return all[shape_of(i)];
  }

  // A status leads on to a form near it, so that services stand on one another.
  std::string service(int i) const {
    const std::string_view shape = shapes[shape_of(i)];
    int form = i;
    while (form < nodes_ && shape_of(form) != 0) ++form;
    if (form >= nodes_) form = i - 3;
    std::string outcomes;
    for (const std::string_view outcome : outcomes_of(form)) {
      outcomes += fmt::format("              {}: next\n", outcome);
    }
    outcomes.pop_back();
    std::string text = filled(shape, "@outcomes", outcomes);
    text = filled(text, "@M", std::to_string(form));
    return filled(text, "@N", std::to_string(i));
  }

  int flows_;
  int nodes_ = 0;
  std::vector<dsl::AppFile> files_;
};

}  // namespace

std::vector<dsl::AppFile> service_app(int flows) {
  return ServiceWriter(flows).write();
}

}  // namespace alur::tests

#include "tests/generated/service_app.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "tests/generated/service_kinds.hpp"

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

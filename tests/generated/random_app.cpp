#include "tests/generated/random_app.hpp"

#include <fmt/format.h>

#include <random>
#include <string>

namespace alur::tests {
namespace {

constexpr std::string_view app_yaml = R"(app: generated
languages: [id, en]
timezone: Asia/Jakarta
start: flow0
channels: [console, whatsapp]
types:
  thing:
    key: text(1..20)
    label: text(1..40)
    amount: number?
services:
  store.find:
    params:
      name: text(1..200)
    outcomes:
      one: thing
      many: list of thing (1..3)
      none:
    timeout: 5s
  store.keep:
    params:
      note: text(1..4096)
    outcomes:
      kept: text(1..20)
    changes: true
hours:
  office: mon-fri 08:00-17:00
  night: always
queues:
  people:
    title: {id: Petugas, en: People}
    private: true
    hours: office
  night:
    hours: night
contact:
  name: private text(1..80)?
session:
  visits: integer(0..9)?
defaults:
  no_match:
    - id: Coba lagi.
      en: Try again.
    - id: Ketik menu.
      en: Type menu.
      goto: flow0
  no_input:
    - after: 10m
      id: Masih di sana?
      en: Still there?
    - after: 1h
      goto: flow0
anytime:
  - hear: [menu, "menu utama"]
    goto: flow0
  - hear: [petugas, agent]
    run: flow1
  - hear: [english]
    set: {language: en}
  - hear: [stop]
    stop: true
  - hear: [makasih]
    say: {id: Sama-sama., en: Welcome.}
)";

class FlowWriter {
 public:
  // With `pages` some questions have more options than a list of WhatsApp holds.
  FlowWriter(std::uint64_t seed, int number, int flows, bool pages)
      : random_(seed), number_(number), flows_(flows), pages_(pages) {}

  std::string write() {
    out_ = fmt::format("flow: flow{}\nabout: Generated.\noutcomes:\n  done:\n  found: thing\n",
                       number_);
    if (number_ > 0) {
      out_ += fmt::format(
          "triggers:\n  - hear: [\"buka{0} [saja] {{word}}\", \"(lihat|cek) nomor{0}\"]\n",
          number_);
    }
    out_ +=
        "params:\n  word: text(1..80)?\nvars:\n  name: text(1..80)?\n  age: integer(0..120)?\n"
        "  sum: number?\n  day: date?\n  kind: one of red, green, blue?\n  sure: bool?\n"
        "  found: thing?\n  others: list of thing (1..3)?\n  pick: thing?\n  number: text(1..20)?\n"
        "  photo: image?\nstates:\n";
    states_ = 3 + pick(4);
    for (int i = 0; i < states_; ++i) state(i);
    return out_;
  }

 private:
  int pick(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }

  // Only forward: a cycle without a citizen's message is never written.
  std::string ahead(int state) {
    if (state + 1 >= states_) return "";
    return fmt::format("s{}", state + 1 + pick(states_ - state - 1));
  }
  // From an answer anything may follow.
  std::string anywhere() { return fmt::format("s{}", pick(states_)); }

  void line(int depth, std::string_view text) {
    out_ += std::string(static_cast<std::size_t>(depth) * 2, ' ');
    out_ += text;
    out_ += '\n';
  }

  void state(int i) {
    line(1, fmt::format("s{}:", i));
    const int steps = 1 + pick(4);
    for (int s = 0; s < steps; ++s) step(i);
    leave(i);
  }

  void leave(int i) {
    const std::string next = ahead(i);
    if (next.empty()) return line(2, "- end: done");
    switch (pick(4)) {
      case 0:
        line(2, "- if: age is set and age > 17 or kind is unset");
        line(3, "goto: " + next);
        return line(2, "- end: done");
      case 1:
        line(2, "- if: found is set");
        line(3, "then:");
        line(4, "- end: found(found)");
        line(3, "else: " + next);
        return;
      default:
        return line(2, "- goto: " + next);
    }
  }

  void step(int i) {
    switch (pick(pages_ ? 13 : 12)) {
      case 0:
        return say();
      case 1:
      case 2:
        return ask(i);
      case 3:
      case 4:
        return choose(i);
      case 5:
        return call(i);
      case 6:
        return set();
      case 7:
        return match();
      case 8:
        return line(2, "- wait: 2s");
      case 9:
        return line(2, "- track: seen\n      with:\n        kind: kind or red");
      case 10:
        return run();
      case 12:
        return pages(i);
      default:
        return handoff();
    }
  }

  void say() {
    line(2, "- say:");
    line(4, R"(id: 'Halo {name or "Anda"}, {sum or 0 | rupiah} {day or today() | date}')");
    line(4,
         R"(en: 'Hello {name or "you"}, {age or 0 | plural(one = "# year", other = "# years")}')");
  }

  void ask(int) {
    static constexpr std::string_view variables[] = {"name", "age", "sum", "day", "sure", "photo"};
    line(2, "- ask: {id: Berapa, en: How much}");
    line(3, fmt::format("into: {}", variables[static_cast<std::size_t>(pick(6))]));
    if (pick(3) == 0) line(3, "gather: 3s");
    if (pick(3) == 0) {
      line(3, "hear:");
      line(4, "- hear: [lewati, skip]");
      line(5, "goto: " + anywhere());
    }
    if (pick(3) == 0) {
      line(3, "no_match:");
      line(4, "- id: Lagi.");
      line(5, "en: Again.");
      line(4, "- when: too_short");
      line(5, "id: Pendek.");
      line(5, "en: Short.");
      line(4, "- goto: " + anywhere());
    }
  }

  void choose(int) {
    const bool each = pick(3) == 0;
    line(2, "- if: others is set");
    line(3, "then:");
    line(4, "- choose: {id: Yang mana, en: Which}");
    if (each) {
      line(5, "each: other in others");
      line(5, "label: \"{other.label}\"");
      line(5, "into: pick");
    }
    line(5, "options:");
    line(6, "- label: {id: Kembali, en: Back}");
    line(7, "goto: " + anywhere());
    line(6, "- label: {id: Menu besar, en: Big menu}");
    line(7, "hear: [besar]");
    line(7, "goto: flow0");
    line(2, "- choose: {id: Warna apa, en: Which colour}");
    line(3, "into: kind");
    line(3, "options:");
    for (const char* colour : {"red", "green", "blue"}) {
      line(4, fmt::format("- label: {{id: Warna {0}, en: Colour {0}}}", colour));
      line(5, fmt::format("value: {}", colour));
    }
  }

  // Options of each kind on several pages: some lead on, some anywhere, and some are a list's.
  void pages(int) {
    const bool each = pick(2) == 0;
    const int options = 11 + pick(20);
    if (each) {
      line(2, "- if: others is set");
      line(3, "then:");
    }
    const int depth = each ? 4 : 2;
    line(depth, "- choose: {id: Di mana, en: Where}");
    line(depth + 1, "overflow: page");
    if (each) {
      line(depth + 1, "each: other in others");
      line(depth + 1, "label: \"{other.label}\"");
      line(depth + 1, "into: pick");
    }
    line(depth + 1, "options:");
    for (int i = 1; i <= options; ++i) {
      line(depth + 2, fmt::format("- label: {{id: Kota {0}, en: Town {0}}}", i));
      if (pick(4) == 0) line(depth + 3, "goto: " + anywhere());
    }
  }

  void call(int i) {
    const std::string next = ahead(i);
    line(2, "- call: store.find(name = name or \"x\")");
    line(3, "outcomes:");
    line(4, "one(found): next");
    line(4, "many(others): next");
    line(4, "none: " + (next.empty() ? std::string("next") : next));
    line(4, "unavailable:");
    line(5, "- say: {id: Rusak., en: Broken.}");
    if (pick(2) == 0) {
      line(2, "- call: store.keep(note = name or \"-\")");
      line(3, "outcomes:");
      line(4, "kept(number): next");
      line(4, "unavailable: next");
    }
  }

  void set() {
    line(2, "- set:");
    line(4, "age: min((age or 0) + 1, 120)");
    line(4, "sum: (sum or 0) * 1.1");
    line(4, "contact.name: name");
    line(4, "session.visits: min((session.visits or 0) + 1, 9)");
  }

  void match() {
    line(2, "- if: kind is set");
    line(3, "then:");
    line(4, "- match: kind");
    line(5, "cases:");
    line(6, "red: next");
    line(6, "green, blue:");
    line(7, "- say: {id: Dingin., en: Cold.}");
  }

  void run() {
    if (number_ + 1 >= flows_) return say();
    line(2, fmt::format("- run: flow{}(word = name)", number_ + 1));
    line(3, "outcomes:");
    line(4, "done: next");
    line(4, "found(pick): next");
  }

  void handoff() {
    line(2, pick(2) == 0 ? "- handoff: people" : "- handoff: night");
    line(3, "summary: {id: Tolong., en: Help.}");
    line(3, "fields:");
    line(4, R"(name: name or "-")");
    line(3, "leave: [batal]");
    line(3, "outcomes:");
    for (const char* outcome :
         {"closed", "left", "no_agent", "out_of_hours", "timed_out", "unavailable"}) {
      line(4, fmt::format("{}: next", outcome));
    }
  }

  std::mt19937_64 random_;
  int number_;
  int flows_;
  bool pages_;
  int states_ = 0;
  std::string out_;
};

}  // namespace

std::vector<dsl::AppFile> random_app(std::uint64_t seed) {
  constexpr int flows = 4;
  std::vector<dsl::AppFile> files{{"app.yaml", "app.yaml", std::string(app_yaml)}};
  for (int i = 0; i < flows; ++i) {
    const std::string path = fmt::format("flow{}.flow.yaml", i);
    files.push_back(
        {path, path, FlowWriter(seed * flows + static_cast<unsigned>(i), i, flows, true).write()});
  }
  return files;
}

std::vector<dsl::AppFile> large_app(int flows) {
  constexpr std::size_t bytes_each = 5'400;
  std::vector<dsl::AppFile> files{{"app.yaml", "app.yaml", std::string(app_yaml)}};
  for (int i = 0; i < flows; ++i) {
    const std::string path = fmt::format("flow{}.flow.yaml", i);
    std::string text;
    for (std::uint64_t seed = 1;
         text.size() < bytes_each - 1'000 || text.size() > bytes_each + 1'000; ++seed) {
      text = FlowWriter(seed * 1'000'003 + static_cast<unsigned>(i), i, flows, false).write();
      if (seed > 1'000) break;
    }
    files.push_back({path, path, std::move(text)});
  }
  return files;
}

}  // namespace alur::tests

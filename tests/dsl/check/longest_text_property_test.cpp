// No text ever becomes longer than the check says, and some value makes it as long as that: random
// and extreme values of every type go through every filter, in languages that differ in digits,
// joints, plural forms and case, and are said by the real machine.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include "dsl/check/text_bounds.hpp"
#include "dsl/compile/compile.hpp"
#include "dsl/finding/render.hpp"
#include "engine/machine/turn.hpp"
#include "engine/value/text.hpp"
#include "tests/dsl/check/checked_app.hpp"

namespace alur::dsl {
namespace {

using machine::Event;
using machine::Turn;
using value::Value;

const std::vector<std::string> languages{"id", "en", "fr", "ru", "ar", "de",
                                         "el", "lt", "tr", "pl", "hi", "ja"};

struct Field {
  std::string name;
  std::string type;
};
const std::vector<Field> fields{
    {"small", "integer(0..7)"},
    {"cold", "integer(-40..9)"},
    {"any", "integer"},
    {"amount", "number"},
    {"word", "text(0..12)"},
    {"story", "text(1..90)"},
    {"maybe", "text(1..20)?"},
    {"day", "date"},
    {"hour", "time"},
    {"moment", "datetime"},
    {"span", "duration"},
    {"call", "phone"},
    {"mail", "email"},
    {"kind", "one of a, member, another_one"},
    {"words", "list of text(1..9) (0..5)"},
    {"days", "list of date (2..2)"},
    {"sizes", "list of integer(0..100) (1..4)"},
};

// What stands in braces, and how far its longest may stay below the bound (in UTF-16 units):
// - a capital at the start of each word needs a blank before it, which the bound does not count on;
// - the longest number may have another plural form than the longest words.
struct Row {
  std::string filling;
  bool tight = true;
};
const std::vector<Row> rows{
    {"small"},
    {"cold"},
    {"any"},
    {"any + 1"},
    {"small * 3 - cold"},
    {"min(any, 500)"},
    {"amount"},
    {"round(amount, 2)"},
    {"amount | rupiah"},
    {"any | rupiah"},
    {"cold | rupiah"},
    {"amount | percent"},
    {"small | percent"},
    {"amount | number | upper"},
    {"word"},
    {"story"},
    {"story | upper"},
    {"story | lower", false},
    {"story | title", false},
    {"story | shorten(30)"},
    {"story | shorten(300)"},
    {"story | mask"},
    {"story | mask | upper", false},
    {"story | upper | shorten(40)"},
    {"maybe or \"-\""},
    {"maybe or \"somebody we do not know\""},
    {"maybe or small"},
    {"day"},
    {"day | date"},
    {"day | short_date"},
    {"day | upper"},
    {"hour"},
    {"hour | time"},
    {"moment"},
    {"moment | datetime"},
    {"moment | date"},
    {"moment | short_date"},
    {"moment | time"},
    {"moment | datetime | upper"},
    {"span"},
    {"call"},
    {"call | mask"},
    {"mail", false},
    {"mail | upper", false},
    {"kind"},
    {"kind | upper"},
    {"kind | title"},
    {"words | join"},
    {"words | join | shorten(21)"},
    {"days | join"},
    {"sizes | join"},
    {"text(day)"},
    {"text(amount)"},
    {"first(days)"},
    {"count(words)"},
    {"length(story)"},
    {"days_between(day, day)", false},
    {"small | plural(FORMS)"},
    {"any | plural(FORMS)", false},
    {"amount | plural(FORMS)", false},
};

std::string plural_forms(const std::string& language) {
  const value::Formatter formatter(language, value::TimeZone::utc());
  std::string forms;
  for (const value::PluralCategory category : formatter.plural_categories()) {
    const std::string name(value::to_text(category));
    if (!forms.empty()) forms += ", ";
    forms += name + " = \"# " + name + " #\"";
  }
  return forms;
}

std::string in_language(std::string filling, const std::string& language) {
  const std::size_t at = filling.find("FORMS");
  if (at != std::string::npos) filling.replace(at, 5, plural_forms(language));
  return filling;
}

std::string in_all_languages(const std::string& indent, const std::string& words) {
  std::string text;
  for (const std::string& language : languages) text += indent + language + ": " + words + '\n';
  return text;
}

std::string app_yaml() {
  std::string app = "app: longest\nlanguages: [";
  for (const std::string& language : languages) {
    app += (language == languages.front() ? "" : ", ") + language;
  }
  app += "]\ntimezone: Asia/Jakarta\nstart: main\nchannels: [console]\ntypes:\n  box:\n";
  for (const Field& field : fields) app += "    " + field.name + ": " + field.type + '\n';
  app += "services:\n  box.fill:\n    outcomes:\n      filled: box\ntexts:\n";
  for (const char* key : {"expired", "open_list", "number_prompt", "more", "queue_next",
                          "queue_place", "queue_wait", "person_came", "failure"}) {
    app += "  " + std::string(key) + ":\n" + in_all_languages("    ", "Kata");
  }
  return app;
}

// One question for each row, so that each is one message and one turn.
std::string flow_yaml() {
  std::string flow =
      "flow: main\noutcomes: [done]\nvars:\n  box: box\n  answer: text(1..9)\nstates:\n  start:\n"
      "    - call: box.fill()\n      outcomes:\n        filled(box): tell\n        unavailable: "
      "gone\n"
      "  gone:\n    - end: done\n  tell:\n";
  for (const Row& row : rows) {
    flow += "    - ask:\n";
    for (const std::string& language : languages) {
      std::string filling = in_language(row.filling, language);
      for (const Field& field : fields) {
        for (std::size_t at = filling.find(field.name); at != std::string::npos;
             at = filling.find(field.name, at + field.name.size() + 4)) {
          const auto is_word = [&](std::size_t place) {
            return place < filling.size() &&
                   (std::isalpha(static_cast<unsigned char>(filling[place])) != 0 ||
                    filling[place] == '_');
          };
          const bool whole = (at == 0 || !is_word(at - 1)) && !is_word(at + field.name.size());
          if (whole && (at == 0 || filling[at - 1] != '"')) filling.insert(at, "box.");
        }
      }
      std::string quoted;
      for (const char c : filling) quoted += c == '"' ? std::string("\\\"") : std::string(1, c);
      flow += "        " + language + ": \"<{" + quoted + "}>\"\n";
    }
    flow += "      into: answer\n";
  }
  flow += "    - if: answer == \"x\"\n      goto: gone\n    - end: done\n";
  return flow;
}

// --- values

// Letters that a change of case, normal form or a cut does something to.
const std::vector<std::string>& letters() {
  static const std::vector<std::string> all{
      "a",       "Z",      "7",      " ",       "\u00df", "\u0390",     "\u0130",
      "\u0149",  "\ufb03", "\u00cc", "J\u0301", "i",      "\U0001F44D", "\u0915\u094d\u0937",
      "e\u0301", "\u1fb7", "\u0587", "\u4f60",  "\u00e9"};
  return all;
}

std::int64_t measured(const std::string& text) {
  return static_cast<std::int64_t>(value::utf16_length(value::to_nfc(text)));
}

std::string filled(std::int64_t units, const std::vector<std::string>& pieces) {
  std::string text;
  for (std::size_t i = 0; i < 4 * static_cast<std::size_t>(units) + 1; ++i) {
    const std::string longer = text + pieces[i % pieces.size()];
    if (measured(longer) > units) break;
    text = longer;
  }
  while (measured(text) < units) text += 'x';
  return text;
}

// Chooses among the values of a type; `pick(n)` gives a number below n.
template <class Pick>
class Values {
 public:
  Values(Pick pick, std::vector<std::string> pieces) : pick_(pick), pieces_(std::move(pieces)) {}

  Value of(const value::Type& type) {
    if (type.optional && pick_(4) == 0) return Value();
    switch (type.kind) {
      case value::TypeKind::integer:
        return Value::integer(number(type.low, type.high));
      case value::TypeKind::number: {
        const auto parts = value::Decimal::from_parts(
            number(-value::Decimal::mantissa_max, value::Decimal::mantissa_max), pick_(19));
        return Value(*parts);
      }
      case value::TypeKind::text:
        return Value(filled(number(type.low, type.high), pieces_));
      case value::TypeKind::date:
        return Value(date());
      case value::TypeKind::time:
        return Value(value::TimeOfDay{static_cast<std::int32_t>(number(0, 86'399))});
      case value::TypeKind::datetime:
        return Value(value::Instant{
            number(value::instant_min.milliseconds, value::instant_max.milliseconds)});
      case value::TypeKind::duration:
        return Value(value::Duration{
            number(-value::duration_max.milliseconds, value::duration_max.milliseconds)});
      case value::TypeKind::phone:
        return Value("+" + std::string(static_cast<std::size_t>(number(8, 15)), '6'));
      case value::TypeKind::email:
        return Value(std::string(static_cast<std::size_t>(number(1, 60)), 'i') + "@example.org");
      case value::TypeKind::choice:
        return Value::choice(
            type.members[static_cast<std::size_t>(pick_(static_cast<int>(type.members.size())))]);
      case value::TypeKind::list: {
        value::List list;
        const std::int64_t count = number(type.low, type.high);
        for (std::int64_t i = 0; i < count; ++i) list.items.push_back(of(*type.element));
        return Value(std::move(list));
      }
      case value::TypeKind::record: {
        value::Record record;
        for (const value::TypeField& field : type.fields) {
          record.fields.push_back({field.key, of(*field.type)});
        }
        return Value(std::move(record));
      }
      default:
        return Value();
    }
  }

 private:
  // Often one of the ends, where the longest are.
  std::int64_t number(std::int64_t low, std::int64_t high) {
    const int what = pick_(4);
    if (what == 0) return low;
    if (what <= 2 || low == high) return high;
    const auto width = static_cast<std::uint64_t>(high - low);
    const std::uint64_t step = (static_cast<std::uint64_t>(pick_(1 << 30)) << 30 |
                                static_cast<std::uint64_t>(pick_(1 << 30)));
    return low + static_cast<std::int64_t>(width == 0 ? 0 : step % width);
  }

  value::Date date() {
    const int year = pick_(3) == 0 ? 1 + pick_(9'999) : 2'025;
    return *value::date_from_ymd(year, 1 + pick_(12), 1 + pick_(28));
  }

  Pick pick_;
  std::vector<std::string> pieces_;
};

// --- the machine

class Spoken {
 public:
  Spoken() : files_{{"app.yaml", app_yaml()}, {"main.flow.yaml", flow_yaml()}} {
    std::vector<AppFile> app;
    for (const SourceText& file : files_) app.push_back({file.path, file.path, file.text});
    const Compilation compiled = compile(app, 1);
    said_ = render_text(*compiled.sources, compiled.findings);
    program_ = compiled.program;
    checked_ = check_sources(files_);
  }

  bool ok() const { return program_ != nullptr; }
  const std::string& findings() const { return said_; }
  const value::Type& box() const { return *checked_.symbols.records.at("box"); }

  Extent bound(std::size_t row, std::size_t language) const {
    const ast::Step& step = checked_.flows.front().states.back().steps.at(row);
    const ast::Template& words =
        std::get<ast::Question>(step.verb).text.languages.at(language).text;
    return text_bound(words, *checked_.symbols.shown[language])->extent;
  }

  // What is said for each row.
  std::vector<std::string> texts(const Value& box, std::size_t language) const {
    const value::Instant now{1'767'600'000'000};
    machine::Session session = machine::new_session(*program_, 0);
    session.language = static_cast<machine::Index>(language);
    Turn turn = machine::turn(*program_, std::move(session), machine::heard_text(now, "hi"));
    Event answer;
    answer.kind = Event::Kind::answered;
    answer.at = now;
    answer.serial = turn.calls.at(0).serial;
    answer.outcome = value::name_key("filled");
    answer.payload = box;
    std::vector<std::string> texts;
    turn = machine::turn(*program_, std::move(turn.session), answer);
    while (texts.size() < rows.size() && !turn.messages.empty()) {
      texts.push_back(turn.messages.front().text);
      turn = machine::turn(*program_, std::move(turn.session), machine::heard_text(now, "y"));
    }
    return texts;
  }

 private:
  std::vector<SourceText> files_;
  std::string said_;
  std::shared_ptr<const program::Program> program_;
  CheckedApp checked_;
};

const Spoken& spoken() {
  static const Spoken all;
  return all;
}

template <class Pick>
Value made_box(Pick pick, std::vector<std::string> pieces) {
  return Values<Pick>(pick, std::move(pieces)).of(spoken().box());
}

std::string shown(std::size_t row, std::size_t language, const std::string& text) {
  return rows[row].filling + " in " + languages[language] + ": " + text;
}

bool within(const Extent& extent, const Extent& bound) {
  return extent.utf16 <= bound.utf16 && extent.code_points <= bound.code_points &&
         extent.bytes <= bound.bytes;
}

TEST(LongestText, IsAskedOfASoundApp) {
  ASSERT_TRUE(spoken().ok()) << spoken().findings();
}

RC_GTEST_PROP(LongestText, IsNeverExceeded, ()) {
  RC_PRE(spoken().ok());
  const auto pick = [](int below) { return *rc::gen::inRange(0, below); };
  const auto count = *rc::gen::inRange<std::size_t>(1, 4);
  const auto pieces =
      *rc::gen::container<std::vector<std::string>>(count, rc::gen::elementOf(letters()));
  const auto language = *rc::gen::inRange<std::size_t>(0, languages.size());
  const Value box = made_box(pick, pieces);
  RC_ASSERT(!value::conforms(box, spoken().box()));
  const std::vector<std::string> texts = spoken().texts(box, language);
  RC_ASSERT(texts.size() == rows.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const Extent bound = spoken().bound(row, language);
    if (!within(extent_of(texts[row]), bound)) RC_FAIL(shown(row, language, texts[row]));
  }
}

// Extreme boxes, a few thousand, made by one seed.
std::vector<Value> extreme_boxes() {
  std::vector<Value> boxes;
  std::uint64_t state = 157;
  const auto pick = [&state](int below) {
    state = state * 6'364'136'223'846'793'005u + 1'442'695'040'888'963'407u;
    return static_cast<int>((state >> 33) % static_cast<std::uint64_t>(below));
  };
  for (int round = 0; round < 60; ++round) {
    for (const std::string& letter : letters()) boxes.push_back(made_box(pick, {letter}));
  }
  return boxes;
}

TEST(LongestText, IsReachedByTheLongestValues) {
  ASSERT_TRUE(spoken().ok());
  const std::vector<Value> boxes = extreme_boxes();
  for (std::size_t language = 0; language < languages.size(); ++language) {
    std::vector<Extent> longest(rows.size());
    for (const Value& box : boxes) {
      const std::vector<std::string> texts = spoken().texts(box, language);
      ASSERT_EQ(texts.size(), rows.size());
      for (std::size_t row = 0; row < rows.size(); ++row) {
        const Extent extent = extent_of(texts[row]);
        EXPECT_TRUE(within(extent, spoken().bound(row, language)))
            << shown(row, language, texts[row]);
        longest[row] = widest(longest[row], extent);
      }
    }
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (!rows[row].tight) continue;
      EXPECT_EQ(longest[row].utf16, spoken().bound(row, language).utf16)
          << rows[row].filling << " in " << languages[language];
    }
  }
}

// What the bound on a change of case rests on, letter by letter.
TEST(LongestText, NoLetterGrowsMoreThanThreefoldInAnotherCase) {
  for (const std::string language : {"en", "el", "lt", "tr"}) {
    const value::Formatter formatter(language, value::TimeZone::utc());
    for (char32_t letter = 1; letter < 0x1'E944; ++letter) {
      if (letter >= 0xD800 && letter < 0xE000) continue;
      std::string text;
      if (letter < 0x80) {
        text = static_cast<char>(letter);
      } else if (letter < 0x800) {
        text = {static_cast<char>(0xC0 | letter >> 6), static_cast<char>(0x80 | (letter & 0x3F))};
      } else if (letter < 0x1'0000) {
        text = {static_cast<char>(0xE0 | letter >> 12),
                static_cast<char>(0x80 | (letter >> 6 & 0x3F)),
                static_cast<char>(0x80 | (letter & 0x3F))};
      } else {
        text = {static_cast<char>(0xF0 | letter >> 18),
                static_cast<char>(0x80 | (letter >> 12 & 0x3F)),
                static_cast<char>(0x80 | (letter >> 6 & 0x3F)),
                static_cast<char>(0x80 | (letter & 0x3F))};
      }
      const Extent most = ShownBounds::case_growth_max * extent_of(text);
      for (const std::string& other :
           {formatter.upper(text), formatter.lower(text), formatter.title(text)}) {
        ASSERT_TRUE(within(extent_of(other), most)) << language << ' ' << text << ' ' << other;
      }
    }
  }
}

}  // namespace
}  // namespace alur::dsl

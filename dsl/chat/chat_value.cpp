#include "dsl/chat/chat_value.hpp"

#include <fmt/format.h>

#include "dsl/chat/parse_chat.hpp"
#include "dsl/grammar/literal.hpp"
#include "dsl/grammar/reading.hpp"

namespace alur::dsl {

using Kind = ChatValue::Kind;

namespace {

class ValueMaker {
 public:
  explicit ValueMaker(ChatReading& reading) : reading_(reading) {}

  std::optional<ChatValue> make(const syntax::ValueTree& tree) {
    ChatValue value;
    value.span = reading_.span(tree.extent);
    const bool ok = fill(tree, value);
    return ok ? std::optional(std::move(value)) : std::nullopt;
  }

 private:
  bool fill(const syntax::ValueTree& tree, ChatValue& value) {
    switch (tree.kind) {
      case syntax::ValueKind::record:
        return fill_record(tree, value);
      case syntax::ValueKind::list:
        return fill_list(tree, value);
      case syntax::ValueKind::datetime:
        return fill_datetime(tree.word, value);
      case syntax::ValueKind::word:
        return fill_word(tree.word, value);
      default:
        return fill_literal(tree, value);
    }
  }

  bool fill_record(const syntax::ValueTree& tree, ChatValue& value) {
    value.kind = Kind::record;
    for (const syntax::FieldTree& field : tree.fields) {
      auto made = make(field.value);
      if (!made) return false;
      for (const ChatField& before : value.fields) {
        if (before.name.text != field.name.view()) continue;
        reading_.refuse(Code::chat_bad_value, field.name,
                        fmt::format("the field `{}` stands here twice", before.name.text));
        return false;
      }
      value.fields.push_back({reading_.name(field.name), std::move(*made)});
    }
    return true;
  }

  bool fill_list(const syntax::ValueTree& tree, ChatValue& value) {
    value.kind = Kind::list;
    for (const syntax::ValueTree& item : tree.items) {
      auto made = make(item);
      if (!made) return false;
      value.items.push_back(std::move(*made));
    }
    return true;
  }

  bool fill_datetime(Slice word, ChatValue& value) {
    const auto local = read_local_time(reading_, word);
    if (!local) return false;
    value.kind = Kind::datetime;
    value.local = *local;
    return true;
  }

  bool fill_word(Slice word, ChatValue& value) {
    value.text = word.view();
    if (value.text == "unset") {
      value.kind = Kind::unset;
    } else {
      value.kind = value.text == "true" || value.text == "false" ? Kind::truth : Kind::word;
    }
    return true;
  }

  // Literals as expressions have them, with the same words for what is wrong.
  bool fill_literal(const syntax::ValueTree& tree, ChatValue& value) {
    const Fragment fragment = reading_.fragment(tree.word);
    Reading literal(fragment, reading_.findings());
    switch (tree.kind) {
      case syntax::ValueKind::text:
        value.kind = Kind::text;
        return keep(read_text(literal, tree.word), value.text);
      case syntax::ValueKind::date:
        value.kind = Kind::date;
        return keep(read_date(literal, tree.word), value.text);
      case syntax::ValueKind::time:
        value.kind = Kind::time;
        return keep(read_time(literal, tree.word), value.text);
      case syntax::ValueKind::duration:
        value.kind = Kind::duration;
        return keep(read_duration(literal, tree.word), value.milliseconds);
      default:
        value.kind = Kind::number;
        return fill_number(literal, tree.word, value);
    }
  }

  bool fill_number(Reading& literal, Slice word, ChatValue& value) {
    const bool negative = *word.first == '-';
    const Slice digits{negative ? word.first + 1 : word.first, word.last};
    if (!keep(read_number(literal, digits), value.number)) return false;
    if (negative) value.number = value.number.negated();
    return true;
  }

  template <class T>
  static bool keep(std::optional<T> read, T& value) {
    if (read) value = std::move(*read);
    return read.has_value();
  }

  ChatReading& reading_;
};

}  // namespace

std::optional<ChatValue> to_chat_value(ChatReading& reading, const syntax::ValueTree& tree) {
  return ValueMaker(reading).make(tree);
}

void refuse_value(ChatReading& reading, Slice line, const Halt& halt) {
  const Slice place = place_at(line, halt.at);
  const std::string found =
      place.empty() ? "the line ends" : fmt::format("{} stands", quoted(place.view()));
  if (place.view() == "\"") {
    reading.refuse(Code::chat_never_closed, place, "this text in quotes is never closed");
  } else if (halt.wanted == syntax::wanted_bracket) {
    reading.refuse(Code::chat_never_closed, place, found + " where a bracket should be closed");
  } else if (halt.wanted == syntax::wanted_colon || halt.wanted == syntax::wanted_field_name) {
    reading.refuse(Code::chat_bad_value, place, found + " where a field should stand",
                   "fields are written as `name: value`");
  } else if (halt.wanted == syntax::wanted_value) {
    reading.refuse(Code::chat_bad_value, place, found + " where a value should stand",
                   "texts stand in double quotes");
  } else {
    reading.refuse(Code::chat_bad_value, place, found + " after the end of the value");
  }
}

bool refuse_deep_value(ChatReading& reading, Slice line) {
  std::size_t depth = 0;
  bool quoted = false;
  for (const char* at = line.first; at != line.last; ++at) {
    if (quoted && *at == '\\' && at + 1 != line.last) {
      ++at;
    } else if (*at == '"') {
      quoted = !quoted;
    } else if (!quoted && (*at == '{' || *at == '[')) {
      if (++depth <= chat_value_depth_max) continue;
      reading.refuse(Code::chat_bad_value, {at, at + 1},
                     fmt::format("brackets more than {} deep", chat_value_depth_max));
      return true;
    } else if (!quoted && depth > 0 && (*at == '}' || *at == ']')) {
      --depth;
    }
  }
  return false;
}

std::optional<value::LocalTime> read_local_time(ChatReading& reading, Slice text) {
  if (const auto local = value::parse_local_time(text.view())) return local;
  reading.refuse(Code::chat_bad_time, text,
                 fmt::format("{} is no date and time of day", quoted(text.view())),
                 "like `2026-01-05 09:00`");
  return std::nullopt;
}

}  // namespace alur::dsl

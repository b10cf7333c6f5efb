#include "adapters/desk/wish.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <span>

namespace alur::adapters {

namespace json = boost::json;

namespace {

struct About {
  std::string_view name;
  Action action;
  std::string_view fields;
};

constexpr About wishes[] = {
#define WISH(name, action, fields) {#name, Action::action, fields},
#include "adapters/desk/routes.def"
#undef WISH
};

template <class Number>
bool read_number(std::string_view text, Number& number, int base = 10) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number, base);
  return !text.empty() && read.ec == std::errc() && read.ptr == text.data() + text.size();
}

bool read_whole(const json::value& value, std::uint64_t& number) {
  if (value.is_uint64()) {
    number = value.get_uint64();
  } else if (value.is_int64() && value.get_int64() >= 0) {
    number = static_cast<std::uint64_t>(value.get_int64());
  } else {
    return false;
  }
  return true;
}

template <auto member, std::size_t bytes_max>
bool take_text(const json::value& value, Wish& wish) {
  if (!value.is_string() || value.get_string().size() > bytes_max) return false;
  wish.*member = std::string(value.get_string());
  return true;
}

bool take_key(const json::value& value, Wish& wish) {
  if (!take_text<&Wish::key, wish_key_bytes_max>(value, wish) || wish.key.empty()) return false;
  return std::all_of(wish.key.begin(), wish.key.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

bool take_citizen(const json::value& value, Wish& wish) {
  if (!value.is_string()) return false;
  const auto citizen = to_citizen(std::string_view(value.get_string()));
  if (citizen) wish.citizen = *citizen;
  return citizen.has_value();
}

// More than a browser's numbers hold: a text of digits.
bool take_epoch(const json::value& value, Wish& wish) {
  return value.is_string() && read_number(std::string_view(value.get_string()), wish.epoch);
}

bool take_agent(const json::value& value, Wish& wish) {
  std::uint64_t number = 0;
  if (!read_whole(value, number) || number == 0 || number > UINT32_MAX) return false;
  wish.to_agent = static_cast<desk::AgentId>(number);
  return true;
}

bool take_overfill(const json::value& value, Wish& wish) {
  if (!value.is_bool()) return false;
  wish.overfill = value.get_bool();
  return true;
}

template <auto member>
bool take_line(const json::value& value, Wish& wish) {
  return read_whole(value, wish.*member);
}

constexpr std::size_t name_bytes_max = 128;
constexpr std::size_t file_bytes_max = 256;  // as keep_sent_file() names it

constexpr struct {
  std::string_view name;
  bool (*take)(const json::value&, Wish&);
} fields[] = {
    {"citizen", take_citizen},
    {"epoch", take_epoch},
    {"key", take_key},
    {"text", take_text<&Wish::text, wish_text_bytes_max>},
    {"file", take_text<&Wish::file, file_bytes_max>},
    {"reply_to", take_line<&Wish::reply_to>},
    {"template", take_text<&Wish::template_name, name_bytes_max>},
    {"presence", take_text<&Wish::presence, name_bytes_max>},
    {"reason", take_text<&Wish::reason, name_bytes_max>},
    {"to_agent", take_agent},
    {"to_queue", take_text<&Wish::to_queue, name_bytes_max>},
    {"note", take_text<&Wish::note, wish_text_bytes_max>},
    {"state", take_text<&Wish::state, name_bytes_max>},
    {"code", take_text<&Wish::code, name_bytes_max>},
    {"overfill", take_overfill},
    {"before", take_line<&Wish::before>},
};

// The next of a list of words; empty at its end.
std::string_view next_word(std::string_view& words) {
  const std::size_t end = std::min(words.find(' '), words.size());
  const std::string_view word = words.substr(0, end);
  words.remove_prefix(std::min(end + 1, words.size()));
  return word;
}

// Each field that this wish has; null is as good as none.
bool take_fields(const json::object& object, const About& about, Wish& wish, std::string& why) {
  for (std::string_view words = about.fields; !words.empty();) {
    std::string_view name = next_word(words);
    const bool may_miss = name.ends_with('?');
    if (may_miss) name.remove_suffix(1);
    const json::value* value = object.if_contains(name);
    if (may_miss && (!value || value->is_null())) continue;
    const auto* field = std::find_if(std::begin(fields), std::end(fields),
                                     [name](const auto& one) { return one.name == name; });
    if (value && field->take(*value, wish)) continue;
    why = std::string(about.name) + ": `" + std::string(name) +
          (value ? "` is not what it can be" : "` is missing");
    return false;
  }
  return true;
}

// Each field of the table is one that can be read.
constexpr bool all_are_known() {
  for (const About& about : wishes) {
    std::string_view words = about.fields;
    while (!words.empty()) {
      const std::size_t end = std::min(words.find(' '), words.size());
      std::string_view name = words.substr(0, end);
      words.remove_prefix(std::min(end + 1, words.size()));
      if (name.ends_with('?')) name.remove_suffix(1);
      bool known = false;
      for (const auto& field : fields) known = known || field.name == name;
      if (!known) return false;
    }
  }
  return true;
}
static_assert(all_are_known());

}  // namespace

Action action_of(Wish::Kind kind) {
  return wishes[static_cast<std::size_t>(kind)].action;
}

std::string_view to_text(Wish::Kind kind) {
  return wishes[static_cast<std::size_t>(kind)].name;
}

std::optional<Wish> decode_wish(std::string_view frame, std::uint64_t& n, std::string& why) {
  n = 0;
  why = "the frame is no JSON object with `do` and `n`";
  if (frame.size() > desk_frame_bytes_max) return std::nullopt;
  boost::system::error_code error;
  const json::value value = json::parse(frame, error);
  if (error || !value.is_object()) return std::nullopt;
  const json::object& object = value.get_object();
  const json::value* number = object.if_contains("n");
  const json::value* name = object.if_contains("do");
  if (!number || !read_whole(*number, n) || !name || !name->is_string()) return std::nullopt;
  for (std::size_t i = 0; i < std::size(wishes); ++i) {
    if (wishes[i].name != std::string_view(name->get_string())) continue;
    Wish wish;
    wish.kind = static_cast<Wish::Kind>(i);
    wish.n = n;
    if (!take_fields(object, wishes[i], wish, why)) return std::nullopt;
    return wish;
  }
  why = "there is nothing of that name to be done";
  return std::nullopt;
}

std::string to_citizen_text(desk::Citizen citizen) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text(16, '0');
  for (std::size_t i = 0; i < text.size(); ++i) {
    text[text.size() - 1 - i] = digits[(citizen >> (4 * i)) & 15];
  }
  return text;
}

std::optional<desk::Citizen> to_citizen(std::string_view text) {
  const bool good = text.size() == 16 && text.find_first_not_of("0123456789abcdef") == text.npos;
  desk::Citizen citizen = 0;
  if (!good || !read_number(text, citizen, 16)) return std::nullopt;
  return citizen;
}

}  // namespace alur::adapters

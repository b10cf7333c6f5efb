#include "adapters/whatsapp/read_fields.hpp"

#include <boost/json.hpp>

#include "adapters/http/whole_number.hpp"
#include "adapters/whatsapp/recipient.hpp"

namespace alur::adapters {

namespace json = boost::json;

namespace {

constexpr std::int64_t century_begin = 946'684'800;  // 2000-01-01, in seconds
constexpr std::int64_t century_end = 4'102'444'800;  // 2100-01-01

}  // namespace

std::int64_t time_in(const json::object& object, std::string_view name) {
  const std::int64_t seconds = parse_whole<std::int64_t>(words_in(object, name)).value_or(0);
  if (seconds < century_begin || seconds >= century_end) return 0;
  return seconds * 1'000;
}

void take_user(const std::string& words, WhatsAppUser& user) {
  const auto read = parse_recipient(words.starts_with('+') ? words.substr(1) : words);
  if (!read) return;
  std::string& part = read->kind == Recipient::Kind::phone ? user.phone : user.scoped;
  if (part.empty()) part = read->text;
}

std::string first_error(const json::object& object) {
  const json::array* errors = array_in(object, "errors");
  if (!errors || errors->empty()) return {};
  const json::object* error = errors->front().if_object();
  if (!error) return {};
  std::string words = words_in(*error, "code");
  const std::string title = words_in(*error, "title");
  if (!title.empty()) words += (words.empty() ? "" : " ") + title;
  const json::object* data = object_in(*error, "error_data");
  const std::string details = words_in(data, "details", 1'024);
  if (!details.empty() && details != title) words += (words.empty() ? "" : ": ") + details;
  return words;
}

}  // namespace alur::adapters

#include "tools/serve/log_lines.hpp"

#include <boost/json.hpp>

#include "engine/value/value.hpp"

namespace alur::tools {

namespace json = boost::json;

LogLines::~LogLines() {
  if (!line_.empty()) end_line();
}

LogLines::int_type LogLines::overflow(int_type letter) {
  if (traits_type::eq_int_type(letter, traits_type::eof())) return traits_type::not_eof(letter);
  if (traits_type::to_char_type(letter) == '\n') {
    end_line();
  } else {
    line_ += traits_type::to_char_type(letter);
  }
  return letter;
}

int LogLines::sync() {
  out_.flush();
  return out_ ? 0 : -1;
}

// An empty line parts findings for people; programs need none.
void LogLines::end_line() {
  if (!line_.empty()) {
    const json::object line{{"time", value::Value(now_()).to_text()}, {"text", line_}};
    out_ << json::serialize(line) << "\n";
  }
  line_.clear();
}

}  // namespace alur::tools

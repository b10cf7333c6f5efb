#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "dsl/finding/utf8.hpp"
#include "tools/replay/report.hpp"

namespace alur::tools {

namespace json = boost::json;

namespace {

json::string text_json(std::string_view text) {
  return json::string(dsl::to_valid_utf8(text));
}

json::array lines_json(const dsl::Lines& lines) {
  json::array out;
  for (const std::string& line : lines) out.push_back(text_json(line));
  return out;
}

json::object failure_json(const ChatFailure& failure) {
  return {{"line", failure.line},
          {"what", text_json(failure.what)},
          {"expected", lines_json(failure.expected)},
          {"got", lines_json(failure.got)},
          {"place", text_json(failure.place)}};
}

json::object chat_json(const ChatResult& result) {
  json::array failures;
  for (const ChatFailure& failure : result.failures) failures.push_back(failure_json(failure));
  return {{"file", text_json(result.path)},
          {"line", result.line},
          {"title", text_json(result.title)},
          {"passed", result.passed()},
          {"failures", std::move(failures)}};
}

}  // namespace

std::string report_json(const std::vector<ChatResult>& results) {
  json::array chats;
  std::size_t passed = 0;
  for (const ChatResult& result : results) {
    passed += result.passed() ? 1 : 0;
    chats.push_back(chat_json(result));
  }
  const json::object report{{"version", 1},
                            {"passed", passed},
                            {"failed", results.size() - passed},
                            {"chats", std::move(chats)}};
  return json::serialize(report) + '\n';
}

}  // namespace alur::tools

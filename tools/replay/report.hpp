// Reports of a replay: for people, and in the forms that build servers read. The same bytes for the
// same results: no times, no order of threads.
#pragma once

#include <string>
#include <vector>

#include "tools/replay/chat_result.hpp"

namespace alur::tools {

struct ReportStyle {
  bool colour = false;
};

// A chat that failed:
//
//   flows/kontak157/chats/registry.chat:3: A licensed bank, word by word
//       16  > bca
//     the bot said something else
//       17  < *BANK CENTRAL ASIA* berizin.
//                                        ^
//      got  < *BANK CENTRAL ASIA* berizin dan diawasi OJK.
//                                        ^
//           flows/kontak157/registry_check.flow.yaml:12
std::string report_failure(const ChatResult& result, ReportStyle style = {});
// All that failed, and a closing count.
std::string report_text(const std::vector<ChatResult>& results, ReportStyle style = {});

// JUnit XML: a suite for each file.
std::string report_junit(const std::vector<ChatResult>& results);
// TAP version 13.
std::string report_tap(const std::vector<ChatResult>& results);
// {"version": 1, "passed": 1, "failed": 1, "chats": [{"file", "line", "title", "passed",
//  "failures": [{"line", "what", "expected": [lines], "got": [lines], "place": "path:line"}]}]}
std::string report_json(const std::vector<ChatResult>& results);

}  // namespace alur::tools

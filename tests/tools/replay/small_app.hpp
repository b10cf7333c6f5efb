// A small app for the tests of replay: a menu, questions, two services, a pause, people, timers.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tools/replay/run_chat.hpp"

namespace alur::tools {

std::shared_ptr<const program::Program> small_app();

// The results of all chats of a file `a.chat`; what cannot be read fails the test.
std::vector<ChatResult> run_text(const std::string& text, const RunOptions& options = {});
// The report for people of the chat "T" with these lines; empty when it passed.
std::string run_lines(const std::string& lines);

}  // namespace alur::tools

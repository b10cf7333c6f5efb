// DeskQueue: what the desk's page is told of a queue of the app: what it is called, and what those
// who serve it may see. The newest published app says so, whatever version a conversation is in:
// it is about people, who are there now.
#pragma once

#include <string>
#include <vector>

#include "engine/program/program.hpp"

namespace alur::adapters {

struct DeskQueue {
  std::string name;
  std::string title_id;
  std::string title_en;
  bool is_private = false;  // private values are for those who serve it
  bool operator==(const DeskQueue&) const = default;
};

// A title that the app does not have in a language of the page is that of its first language; a
// queue without any is called by its name.
std::vector<DeskQueue> desk_queues(const program::App& app);

}  // namespace alur::adapters

#include "adapters/desk/desk_queue.hpp"

#include "adapters/desk/shown.hpp"

namespace alur::adapters {
namespace {

// `pt-BR` is `pt`, too.
bool is_in(std::string_view code, std::string_view language) {
  return code.substr(0, code.find('-')) == language;
}

std::string title_in(std::string_view language, const program::App& app,
                     const program::Queue& queue) {
  if (queue.titles.empty()) return title_of(queue.name);
  for (std::size_t i = 0; i < queue.titles.size(); ++i) {
    if (is_in(app.languages[i], language)) return queue.titles[i];
  }
  return queue.titles.front();
}

}  // namespace

std::vector<DeskQueue> desk_queues(const program::App& app) {
  std::vector<DeskQueue> all;
  for (const program::Queue& queue : app.queues) {
    all.push_back(
        {queue.name, title_in("id", app, queue), title_in("en", app, queue), queue.is_private});
  }
  return all;
}

}  // namespace alur::adapters

// Asking another thread and waiting for what it gives. Never that thread itself.
#pragma once

#include <functional>
#include <future>
#include <memory>
#include <type_traits>

namespace alur::adapters {

// `thread` does what it is given, in order.
template <class Ask>
auto ask_thread(const std::function<void(std::function<void()>)>& thread, Ask ask) {
  auto promise = std::make_shared<std::promise<std::invoke_result_t<Ask>>>();
  auto answer = promise->get_future();
  thread([promise, ask = std::move(ask)]() mutable { promise->set_value(ask()); });
  return answer.get();
}

}  // namespace alur::adapters

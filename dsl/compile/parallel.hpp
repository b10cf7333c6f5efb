// The same work on many things, on several threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace alur::dsl {

// Calls work(i) for every i below count, each once, on at most so many threads. Below a few things
// no thread is worth its start.
template <typename Work>
void in_parallel(unsigned threads, std::size_t count, const Work& work) {
  constexpr std::size_t worth_a_thread = 4;
  std::atomic<std::size_t> next{0};
  const auto labour = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::jthread> helpers;
  const std::size_t wanted = std::min<std::size_t>(threads, count / worth_a_thread + 1);
  for (std::size_t i = 1; i < wanted; ++i) helpers.emplace_back(labour);
  labour();
}

}  // namespace alur::dsl

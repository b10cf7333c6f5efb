// A service that is reached over WhatsApp, as a process: signed webhooks, Meta's API played by
// graph_sim, and the phone of a citizen.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/crash/served.hpp"
#include "tests/new_folder.hpp"
#include "tools/graph_sim/sim_server.hpp"

namespace alur::tests {

class ServedPhone : public testing::Test {
 protected:
  using Texts = std::vector<std::string>;
  using Act = std::function<void(graph_sim::World&, std::int64_t now)>;

  // Plays WhatsApp, and serves this app with these further lines of alur.yaml; its store is `store`
  // in root_.
  void serve(const std::string& app, const std::string& lines = {},
             graph_sim::SimSettings world = {});
  // The process, when it has ended.
  void start();
  // What it has told behind these words, up to `end`.
  std::string told_after(const std::string& words, char end) const;

  // What the citizen may do; `late_ms`: the service is told so much later.
  static Act types(const std::string& text, std::int64_t late_ms = 0);
  static Act taps(const std::string& label);
  static Act sends(boost::json::object message, std::int64_t late_ms = 0);
  // Does it; how long the phone's thread is then.
  std::size_t act(const Act& what);
  // The phone's thread from there on.
  std::vector<graph_sim::PhoneMessage> thread_from(std::size_t begin);
  // The same as the phone shows it, once `is_enough`, or nothing more comes.
  Texts shown_from(std::size_t begin, const std::function<bool(const Texts&)>& is_enough);

  NewFolder root_;
  std::unique_ptr<graph_sim::SimServer> graph_;
  std::unique_ptr<Served> served_;  // ends before what it speaks to
};

}  // namespace alur::tests

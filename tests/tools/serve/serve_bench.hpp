// Serve: `alur serve` as a process with a small app, and the other subcommands beside it.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "tests/crash/http_line.hpp"
#include "tests/crash/served.hpp"
#include "tests/engine/runtime/small_service.hpp"
#include "tests/new_folder.hpp"
#include "tests/patience.hpp"

namespace alur::tests {

class Serve : public testing::Test {
 protected:
  Serve() {
    write("app/app.yaml", std::string(small_app));
    write("app/main.flow.yaml", std::string(small_flow));
  }

  void write(const std::string& path, const std::string& text) { root_.write(path, text); }
  // The flow of the app, with other words.
  std::string changed(const std::string& from, const std::string& to) {
    std::string flow(small_flow);
    return flow.replace(flow.find(from), from.size(), to);
  }

  // `alur serve` with these arguments.
  void run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "serve");
    served_ = std::make_unique<Served>(ALUR_PROGRAM, arguments);
    ASSERT_TRUE(served_->start()) << served_->said();
  }
  void start(const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{root_.at("app"), "--store", root_.at("store"), "--cores",
                                       "2"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    run(arguments);
  }
  // The sample service, by programs alone.
  void start_kontak157() {
    run({ALUR_SOURCE_DIR "/flows/kontak157", "--store", root_.at("store"), "--channel", "console"});
  }

  // What `alur ...` says, and its exit code behind it.
  std::string alur(const std::string& arguments) {
    const std::string command = "cd " + root_.path().string() + " && " + ALUR_PROGRAM + " " +
                                arguments + " </dev/null 2>&1";
    FILE* pipe = popen(command.c_str(), "r");
    std::string out;
    char buffer[4'096];
    while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, pipe)) {
      out.append(buffer, count);
    }
    return out + std::to_string(WEXITSTATUS(pclose(pipe)));
  }
  std::string port() const { return " --port " + std::to_string(served_->port()); }

  int say(const std::string& who, const std::string& id, const std::string& text) {
    HttpLine line(served_->port());
    return line.ask("POST", "/messages",
                    "{\"id\":\"" + id + "\",\"from\":\"" + who + "\",\"text\":\"" + text + "\"}");
  }
  std::string fetched(const std::string& query) {
    HttpLine line(served_->port());
    EXPECT_EQ(line.ask("GET", "/outbox?" + query, ""), 200);
    return line.body();
  }

  // All that was fetched until a message with these words was.
  std::string fetched_with(const std::string& words, const std::string& who) {
    std::string all;
    EXPECT_TRUE(comes([&] {
      all += fetched("wait=5&to=" + who);
      return all.find(words) != all.npos || HasFailure();
    })) << all;
    return all;
  }

  NewFolder root_;
  std::unique_ptr<Served> served_;
};

}  // namespace alur::tests

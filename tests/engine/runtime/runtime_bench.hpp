// A runtime with its threads on either store, which outlives it.
#pragma once

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>

#include "adapters/clock/steady_clock.hpp"
#include "adapters/memory/memory_store.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "engine/runtime/runtime.hpp"
#include "tests/engine/runtime/small_service.hpp"
#include "tests/new_folder.hpp"

namespace alur::tests {

// The parameter: whether it is SQLite's.
class RuntimeBench : public testing::TestWithParam<bool> {
 protected:
  void TearDown() override {
    runtime_.reset();
    store_.reset();
  }

  // Starts on what is stored; one that runs ends first. Of the parts all but store and clock.
  void start(runtime::RuntimeParts parts) {
    TearDown();
    if (GetParam()) {
      adapters::SqliteSettings settings;
      settings.path = folder_.at("store");
      auto opened = adapters::SqliteStore::open(settings);
      ASSERT_TRUE(opened);
      store_ = std::move(*opened);
    } else {
      store_ = std::make_unique<adapters::MemoryStore>(disk_);
    }
    parts.store = store_.get();
    parts.clock = &clock_;
    runtime::RuntimeSettings settings;
    settings.cores = 2;
    runtime_ = std::make_unique<runtime::Runtime>(std::move(parts), settings);
    std::string trouble;
    ASSERT_TRUE(runtime_->start(trouble));
    ASSERT_EQ(trouble, "");
  }

  // Sends, and waits for what became of it.
  ports::Verdict say(const std::string& who, const std::string& id, const std::string& text) {
    auto promise = std::make_shared<std::promise<ports::Verdict>>();
    auto verdict = promise->get_future();
    ports::Inbound inbound;
    inbound.id = id;
    inbound.address = "webchat:" + who;
    inbound.input.text = text;
    runtime_->receive(inbound, [promise](ports::Verdict one) { promise->set_value(one); });
    return verdict.get();
  }

  NewFolder folder_;
  std::shared_ptr<adapters::MemoryDisk> disk_ = std::make_shared<adapters::MemoryDisk>();
  adapters::SteadyClock clock_;
  std::unique_ptr<ports::Store> store_;
  std::unique_ptr<runtime::Runtime> runtime_;
};

}  // namespace alur::tests

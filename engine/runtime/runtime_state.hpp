// The threads of a runtime. Internal to the folder.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <future>
#include <limits>
#include <mutex>
#include <optional>
#include <thread>

#include "engine/runtime/committer.hpp"
#include "engine/runtime/runtime.hpp"

namespace alur::runtime {

// One core: its loop, its citizens and the thread that runs both.
class CoreLoop {
 public:
  CoreLoop(CoreParts parts, std::unique_ptr<ports::StoreReader> reader, const ports::Clock& clock);

  Core& core() { return *core_; }  // by its thread, or before it runs
  boost::asio::io_context& io() { return io_; }
  void start(Committer& committer);
  void stop();

  // From any thread: does this on the loop, then what follows from it.
  void post(std::function<void(Core&, value::Instant)> work);
  void dispatch(std::function<void(Core&, value::Instant)> work);
  // Waits for it; not by the loop itself.
  template <class Work>
  auto ask(Work work) {
    std::promise<decltype(work(*core_))> promise;
    auto answer = promise.get_future();
    post([&](Core& core, value::Instant) { promise.set_value(work(core)); });
    return answer.get();
  }
  // How many things the loop has done, if its core is idle. Asking counts as none.
  std::optional<std::uint64_t> idle_after();

 private:
  void settle_soon();
  void settle();
  void do_actions(Actions actions);
  void arm();

  boost::asio::io_context io_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_;
  boost::asio::steady_timer timer_;
  std::unique_ptr<ports::StoreReader> reader_;
  std::vector<ports::Channel*> channels_;
  std::uint32_t number_;
  const ports::Clock& clock_;
  std::unique_ptr<Core> core_;
  Committer* committer_ = nullptr;
  bool settling_ = false;
  std::uint64_t done_ = 0;  // what was posted, and what followed from it
  std::optional<std::int64_t> armed_;
  std::thread thread_;
};

struct Runtime::State {
  RuntimeParts parts;
  RuntimeSettings settings;
  std::vector<std::unique_ptr<SharedPace>> paces;
  std::vector<std::unique_ptr<CoreLoop>> loops;
  std::unique_ptr<DeskKeeper> desk;
  std::unique_ptr<Committer> committer;
  std::mutex publishing;  // guards what follows, but for the cores' own copies
  std::shared_ptr<const Versions> versions = std::make_shared<Versions>();
  std::map<std::uint32_t, std::string> sources;
  // Who may not be where the desk says; to be looked at when it begins.
  std::vector<ports::CitizenKey> compared_first;
  std::unique_ptr<boost::asio::steady_timer> desk_timer;  // on the first loop
  std::atomic<std::int64_t> desk_armed = std::numeric_limits<std::int64_t>::max();
  std::atomic<bool> stopping = false;
  bool stopped = false;

  CoreLoop& loop_of(std::string_view address) {
    return *loops[parts.store->key_of(address) % loops.size()];
  }
  CoreLoop& loop_of(ports::CitizenKey citizen) { return *loops[citizen % loops.size()]; }
  ports::Result<void> load(std::string& trouble);
  ports::Result<void> load_desk(ports::StoreReader& reader, std::string& trouble);
  void begin_desk();
  void compare_with_desk(DeskNews news);
  void wake_desk_at(value::Instant due);
  void arm_desk();
  std::optional<std::uint64_t> idle_after();
  void wait_until_idle(std::chrono::steady_clock::time_point end);
  void settle_desk_settings();
  void begin();
  void hand_out(std::shared_ptr<const Versions> next);
  std::map<std::uint32_t, std::size_t> sessions_by_version();
  std::shared_ptr<const program::Program> load_program(std::uint32_t number);
  bool make_current(std::uint32_t number);
  std::string unnamed_channels(const program::Program& program) const;
  void drop_unused();
};

}  // namespace alur::runtime

// Runtime: the threads that carry conversations: one for each core, and one that commits. Citizens
// are hashed to cores; what the thinking asks for (core.hpp) is done here, and nothing is decided.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/ports/channel.hpp"
#include "engine/ports/clock.hpp"
#include "engine/ports/service.hpp"
#include "engine/ports/store.hpp"
#include "engine/runtime/core.hpp"
#include "engine/runtime/desk_keeper.hpp"

namespace boost::asio {
class io_context;
}

namespace alur::runtime {

// What compiling an app's sources gave: a program, or findings for people.
struct Compiled {
  std::shared_ptr<const program::Program> program;
  std::string findings;
};
// To publish, an app is held to more than to be resumed: what was published once goes on whatever
// is asked of new versions since.
enum class Purpose : std::uint8_t { publish, resume };
using Compile = std::function<Compiled(const std::string& sources, Purpose purpose)>;

struct RuntimeSettings {
  std::uint32_t cores = 1;
  std::uint64_t seed = 1;
  CoreBounds bounds;
  ports::Retention retention;
  std::int64_t drain_ms = 10'000;
  // Called when nobody knows any more what is durable; the default ends the program at once, so
  // that it is started again and reads.
  std::function<void()> lost;
};

// All of it must outlive the runtime.
struct RuntimeParts {
  ports::Store* store = nullptr;
  const ports::Clock* clock = nullptr;
  std::vector<ports::Service*> services;
  std::vector<ports::Channel*> channels;
  Compile compile;
  // What a desk is told of the app that is current, with what the operator adds. Without it there
  // is no desk: a handoff ends at once as `unavailable`.
  std::function<desk::Settings(const program::App& app)> desk_settings{};
};

struct Published {
  bool done = false;
  std::uint32_t version = 0;
  bool unchanged = false;  // these very sources are current
  std::string findings;    // the compiler's, and of channels here that the app does not name
};

struct VersionReport {
  std::uint32_t number = 0;
  std::string hash;
  value::Instant at;
  bool current = false;
  bool loaded = false;
  std::size_t sessions = 0;
};

// What a publish would do to the sessions under way, by the state that they rest at.
struct DryRun {
  struct Tally {
    std::size_t moves = 0;     // could go on in the new version as they are
    std::size_t stays = 0;     // must stay on the version they are on
    std::size_t stranded = 0;  // cannot be read even now
    std::string why;           // of one that stays
  };
  bool compiled = false;
  std::string findings;
  std::map<std::string, Tally> by_state;
};

struct Health {
  bool ready = false;  // takes messages
  bool stopping = false;
  bool store_up = false;
  std::size_t active = 0;  // conversations under way
  std::size_t waiting = 0;
  std::size_t unsent = 0;
  std::size_t uncommitted = 0;  // changes that wait for their commit
  std::vector<SenderReport> senders;
  std::uint32_t version = 0;
  std::map<std::string, std::uint64_t> counters;  // as counter.def names them
  std::map<std::string, Tallies> timings;         // as timing.def does
  std::optional<DeskGauges> desk;
};

class Runtime : public ports::Inbox {
 public:
  Runtime(RuntimeParts parts, RuntimeSettings settings);
  ~Runtime() override;  // stops

  // Reads the store and begins. A fault, or findings, which go to `trouble`: of versions that are
  // needed and do not compile any more, and of channels that the current one does not name.
  ports::Result<void> start(std::string& trouble);

  void receive(ports::Inbound inbound, std::function<void(ports::Verdict)> done) override;
  void receive(ports::Receipt receipt, std::function<void(bool)> done) override;

  // --- versions; from any thread that is no core's. One at a time.
  Published publish(const std::string& sources);
  // False: there is no such version, or it does not compile any more.
  bool roll_back(std::uint32_t version);
  std::vector<VersionReport> versions();
  DryRun dry_run(const std::string& sources);
  // Moves what can be moved to the current version; how many.
  std::size_t move_sessions();

  // --- people who serve

  // Null: there is none. What agents do is applied to it, but for what they say.
  DeskKeeper* desk();
  // To the citizen, as an agent who owns the conversation under this epoch. `done` is called once,
  // from another thread, when it is durable or refused. Said again under the same key it is said
  // once. From any thread.
  void agent_says(AgentSays says, SaidDone done);
  // For colleagues, in the journal alone; never sent.
  void agent_notes(AgentNotes notes, SaidDone done);
  // The program of a version that conversations are on; null: none is.
  std::shared_ptr<const program::Program> program(std::uint32_t version);

  // Of what services keep in the store; waits until it is durable. From any thread that is no
  // core's.
  ports::Result<void> commit(ports::Change change);
  // The same, from any thread; `done` is called once, from another, and must be quick.
  void commit(ports::Change change, std::function<void(ports::Result<void>)> done);

  Health health();
  // The loops of the cores, for channels that serve on them.
  std::vector<boost::asio::io_context*> loops();

  // Takes no more messages; what was accepted is served.
  void stop_receiving();
  // Waits until nothing is under way, for `drain_ms` at most; then all threads end.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace alur::runtime

// A service over lines: compiles an app that names the channel, hears standard input and writes to
// standard output. `line_service FOLDER`; ends with 1, and says why, where it cannot.
#include <future>
#include <iostream>
#include <string>

#include "adapters/clock/steady_clock.hpp"
#include "adapters/memory/memory_store.hpp"
#include "dsl/compile/sources_bytes.hpp"
#include "dsl/finding/render.hpp"
#include "engine/runtime/runtime.hpp"
#include "line_channel.hpp"

namespace {

using namespace alur;

int unusable(const std::string& why) {
  std::cerr << "line_service: " << why << "\n";
  return 1;
}

runtime::Compiled compile_app(const std::string& sources, runtime::Purpose purpose) {
  const auto files = dsl::decode_sources(sources);
  if (!files) return {nullptr, "these are no sources of an app\n"};
  dsl::Compilation made = dsl::compile(*files);
  if (purpose == runtime::Purpose::publish) dsl::prove(made);
  return {made.program, dsl::render_text(*made.sources, made.findings)};
}

// Each line when the one before has its verdict.
void hear(outside::LineChannel& channel, std::istream& in) {
  std::string line;
  for (std::uint64_t number = 1; std::getline(in, line); ++number) {
    std::promise<ports::Verdict> promise;
    channel.take(number, line, [&](ports::Verdict verdict) { promise.set_value(verdict); });
    const ports::Verdict verdict = promise.get_future().get();
    if (verdict != ports::Verdict::accepted) std::cerr << to_text(verdict) << ": " << line << "\n";
  }
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) return unusable("wanted: line_service FOLDER");
  // First: all that follows knows the channel by its row.
  std::string error = program::add_channel(outside::line_limits());
  if (!error.empty()) return unusable(error);
  const auto files = dsl::read_app_folder(words[1], error);
  if (files.empty()) return unusable(error);
  outside::LineChannel channel(std::cout);
  adapters::SteadyClock clock;
  adapters::MemoryStore store(std::make_shared<adapters::MemoryDisk>());
  runtime::Runtime runtime({&store, &clock, {}, {&channel}, compile_app}, {});
  std::string trouble;
  const auto started = runtime.start(trouble);
  if (!started) return unusable(trouble + std::string(to_text(started.error())));
  const runtime::Published published = runtime.publish(dsl::encode_sources(files));
  std::cerr << published.findings;
  if (!published.done) return unusable("the app could not be published");
  channel.start(runtime);
  hear(channel, std::cin);
  runtime.stop();
  return 0;
}

// Service: an outside system that flows call: a registry, a ticket book. Its answers are events.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/machine/turn.hpp"
#include "engine/ports/fault.hpp"
#include "engine/program/program.hpp"

namespace alur::ports {

struct Call {
  const program::Program& program;  // lives as long as the Call
  const program::Service& service;
  const std::vector<machine::NamedValue>& arguments;
  value::Instant now;
  value::Instant until;
  // The same whenever the same call is made again, after a crash for instance: what changes
  // something must do so once for each key.
  std::string key;

  // Unset where it is not given.
  const value::Value& argument(std::string_view name) const;
};

struct Answer {
  value::NameKey outcome = 0;
  value::Value payload;
};

class Service {
 public:
  virtual ~Service() = default;
  // Whether the app's service of this name is answered here.
  virtual bool answers(std::string_view name) const = 0;
  // How many calls may be under way at once, of each core.
  virtual std::size_t calls_max() const { return 16; }
  // An answer out of memory, at once: it becomes part of the turn that asked. Nothing: ask().
  // From any core's thread.
  virtual std::optional<Answer> answer_now(const Call& call) = 0;
  // Begins to ask. What `call` refers to is gone when this returns. `done` is called once, from
  // any thread, by call.until at the latest.
  virtual void ask(const Call& call, std::function<void(Result<Answer>)> done) = 0;
};

}  // namespace alur::ports

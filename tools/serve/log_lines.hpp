// The log of a service for programs: what is written becomes one object a line,
//
//   {"time": "2026-01-05T05:00:00Z", "text": "open http://127.0.0.1:8158 to chat"}
#pragma once

#include <functional>
#include <ostream>
#include <streambuf>
#include <string>

#include "engine/value/civil_time.hpp"

namespace alur::tools {

class LogLines : public std::streambuf {
 public:
  // `out` must outlive it. `now`: asked once a line, when the line ends.
  LogLines(std::ostream& out, std::function<value::Instant()> now)
      : out_(out), now_(std::move(now)) {}
  ~LogLines() override;

 protected:
  int_type overflow(int_type letter) override;
  int sync() override;

 private:
  void end_line();

  std::ostream& out_;
  std::function<value::Instant()> now_;
  std::string line_;
};

}  // namespace alur::tools

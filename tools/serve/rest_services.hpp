// The services of an app that are asked over HTTP, as services.json beside it says.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include "adapters/rest/rest_service.hpp"
#include "engine/program/program.hpp"

namespace alur::tools {

class RestServices {
 public:
  // Of the file at `path`; null where there is none. `error`: what is wrong with it, in one line.
  static std::unique_ptr<RestServices> open(const std::string& path, const program::App& app,
                                            std::string& error);

  std::vector<ports::Service*> services() const;
  // Why calls got no answer since this was last asked, a line for each service and reason, each at
  // most once a minute.
  std::string failures(std::int64_t now_ms);
  // Nothing is answered any more when this returns.
  void stop() { client_->stop(); }

 private:
  struct Failing {
    std::uint64_t calls = 0;  // since it was told
    std::int64_t told_at = 0;
  };
  using Reason = std::tuple<std::string, ports::Fault, int>;

  void note(const std::string& service, ports::Fault why, int status);

  std::mutex mutex_;
  std::map<Reason, Failing> failing_;
  std::unique_ptr<adapters::WebClient> client_;
  std::vector<std::unique_ptr<adapters::RestService>> services_;
};

}  // namespace alur::tools

// The services of an app that are asked over HTTP, as services.json beside it says.
#pragma once

#include <memory>
#include <string>
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
  // Nothing is answered any more when this returns.
  void stop() { client_->stop(); }

 private:
  std::unique_ptr<adapters::WebClient> client_;
  std::vector<std::unique_ptr<adapters::RestService>> services_;
};

}  // namespace alur::tools

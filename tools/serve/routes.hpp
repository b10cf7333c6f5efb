// What operators ask a running service, as routes of its HTTP server.
//
//   GET  /health                        200 when it takes messages, else 503
//   GET  /ready                         the same, and why not, without the counts
//   GET  /metrics                       metrics.hpp
//   GET  /versions
//   POST /publish?dry_run=1&move=1      {"files": [{"path": "app.yaml", "text": "..."}]}
//   POST /rollback?version=3
//   GET  /dead-letters
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adapters/files/folder_files.hpp"
#include "adapters/http/http_server.hpp"
#include "adapters/http/web_use.hpp"
#include "adapters/whatsapp/whatsapp_use.hpp"
#include "dsl/compile/compile.hpp"
#include "engine/runtime/runtime.hpp"

namespace alur::tools {

// How much of each door is in use; unset where there is none. Asked from any thread.
struct AskUse {
  std::function<std::optional<adapters::WebUse>()> web;
  std::function<std::optional<adapters::WhatsAppUse>()> whatsapp;
  std::function<std::optional<adapters::WebUse>()> desk;
};

// All must outlive the routes. `path`: of the store's file; empty: it has none.
std::vector<adapters::HttpRoute> make_routes(runtime::Runtime& runtime, ports::Store& store,
                                             const std::string& path,
                                             const adapters::FolderFiles& files, AskUse ask_use);

// The body of a publish.
std::string publish_body(const std::vector<dsl::AppFile>& files);

}  // namespace alur::tools

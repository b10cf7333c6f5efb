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

// How much of the web chat's door is in use; unset where there is none.
using AskWebUse = std::function<std::optional<adapters::WebUse>()>;

using AskWhatsAppUse = std::function<std::optional<adapters::WhatsAppUse>()>;

// All must outlive the routes. `path`: of the store's file; empty: it has none.
std::vector<adapters::HttpRoute> make_routes(runtime::Runtime& runtime, ports::Store& store,
                                             const std::string& path,
                                             const adapters::FolderFiles& files, AskWebUse web_use,
                                             AskWhatsAppUse whatsapp_use);

// The body of a publish.
std::string publish_body(const std::vector<dsl::AppFile>& files);

}  // namespace alur::tools

// What an operator writes in services.json: which of an app's services are asked over HTTP, where,
// and what their answers mean. It stands beside the app and is read by `alur serve` alone: whoever
// publishes flows does not say where this machine connects to. docs/services.md has an example.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/http/web_client.hpp"

namespace alur::program {
struct App;
}

namespace alur::adapters {

// An answer of this look is this outcome. The first that fits counts.
struct RestRule {
  int status = 0;  // 0: any from 200 to 299
  std::string at;  // a JSON pointer into the answer; empty with `is` unset: not looked at
  std::optional<std::string> is;
  std::string outcome;
  std::optional<std::string> value;  // a JSON pointer to what the outcome carries; "": all of it
};

struct RestDeclaration {
  std::string service;  // as the app names it
  WebOrigin origin;
  std::string method = "POST";  // GET: the arguments are the query
  std::string path;             // {name} stands for an argument
  std::vector<std::pair<std::string, std::string>> headers;
  std::size_t calls_max = 16;   // at once, of each core
  std::vector<RestRule> rules;  // none: the answer itself says "outcome" and "value"
};

struct RestSettings {
  std::vector<RestDeclaration> services;
  std::vector<AddressRange> private_addresses;  // that may be connected to all the same
  std::string certificates;                     // of authorities of the operator's own; a path
};

// `folder`: of the file, for paths in it. Values of headers may come from the environment. Nothing,
// and one line in `error`, for what cannot be used.
std::optional<RestSettings> read_rest_settings(const std::string& text, const std::string& folder,
                                               std::string& error);

// What does not fit the services that the app declares, in one line; empty: all fits.
std::string find_misfit(const RestSettings& settings, const program::App& app);

}  // namespace alur::adapters

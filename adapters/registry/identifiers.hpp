// What in a text names an institution more surely than its name: links, ids of apps, and what may
// be a licence number. Links are read as browsers read them, so that what only looks like an
// official address does not count as one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace alur::registry {

struct Link {
  std::string host;  // small letters, without `www.`; empty where the address is not to be trusted
  std::string path;  // small letters, without the `/` at either end
  std::string app;   // the same word as the id of an app, which it may be as well; or empty
};

struct Identifiers {
  std::vector<Link> links;
  std::vector<std::string> apps;     // small letters
  std::vector<std::string> numbers;  // as number_form, of words that may be licence numbers
  std::string rest;                  // the words that are neither link nor app
};

// At most 8 of each.
Identifiers find_identifiers(std::string_view text);

// Letters and digits only, small; empty where it is too short to be the number of a licence.
std::string number_form(std::string_view text);

bool is_shared_host(std::string_view host);

}  // namespace alur::registry

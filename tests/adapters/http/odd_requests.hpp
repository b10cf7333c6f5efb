// Requests that two readers could read in two ways, as they are known from attacks on chains of
// servers: for whoever looks at heads, and for every door of ours.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace alur::tests {

// The header line `name: value`, hidden in each of the ways that some reader sees through.
std::vector<std::string> hidden(const std::string& name, const std::string& value);

// What Beast 1.81 lets pass: whole requests for GET /, each with what it is.
std::vector<std::pair<std::string, std::string>> lax_requests();

// Whole requests for `POST path` or `GET path`, each with a second request behind it that a door
// would answer if it read the first as somebody in front of it may have: more than a hundred.
std::vector<std::string> smuggling_requests(const std::string& path);

// Each of the last two, at this port, with a `path` that is known there: answered with 400, and
// nothing that stands behind it is answered. How many there were.
std::size_t expect_all_refused(std::uint16_t port, const std::string& path);

}  // namespace alur::tests

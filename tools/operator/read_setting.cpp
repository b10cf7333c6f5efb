#include "tools/operator/read_setting.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "dsl/finding/near_miss.hpp"
#include "dsl/grammar/grammar.hpp"

namespace alur::tools {

namespace fs = std::filesystem;

using dsl::Code;
using dsl::Node;
using dsl::Place;

namespace {

constexpr std::size_t secret_bytes_min = 32;
constexpr std::int64_t second_ms = 1'000;

}  // namespace

void refuse(Reading& reading, Code code, const Place& place, std::string message,
            std::string suggestion) {
  reading.pass.findings.add(code, place.node.span(), std::move(message), std::move(suggestion));
}

// --- values

std::optional<std::uint64_t> take_number(Reading& reading, const Place& place, std::uint64_t most,
                                         std::uint64_t least) {
  if (!want_text(reading.pass, place)) return std::nullopt;
  const std::string_view text = place.node.text();
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && number >= least &&
      number <= most) {
    return number;
  }
  refuse(reading, Code::bad_setting, place,
         fmt::format("{} takes a number from {} to {}", place.words(), least, most));
  return std::nullopt;
}

bool take_flag(Reading& reading, const Place& place, bool before) {
  if (!want_text(reading.pass, place)) return before;
  if (place.node.text() == "true") return true;
  if (place.node.text() == "false") return false;
  refuse(reading, Code::bad_setting, place,
         fmt::format("{} takes `true` or `false`", place.words()));
  return before;
}

std::string take_text(Reading& reading, const Place& place) {
  if (!want_text(reading.pass, place)) return {};
  return std::string(place.node.text());
}

namespace {

bool is_there(const fs::path& path, Wanted wanted) {
  std::error_code error;
  if (wanted == Wanted::file) return fs::is_regular_file(path, error);
  return fs::is_directory(wanted == Wanted::parent ? path.parent_path() : path, error);
}

}  // namespace

std::string take_path(Reading& reading, const Place& place, Wanted wanted) {
  if (!want_text(reading.pass, place)) return {};
  const fs::path path = fs::absolute(reading.folder / place.node.text()).lexically_normal();
  if (!is_there(path, wanted)) {
    const bool of_parent = wanted == Wanted::parent;
    refuse(reading, Code::nothing_at_path, place,
           fmt::format("there is no {} {}", wanted == Wanted::file ? "file" : "folder",
                       (of_parent ? path.parent_path() : path).string()),
           of_parent ? "it is made in a folder that is there" : "");
  }
  return path.string();
}

std::vector<std::string> take_texts(Reading& reading, const Place& place, std::string_view what,
                                    bool (*good)(const std::string&)) {
  std::vector<std::string> taken;
  for (const Node& item : items_of(reading.pass, place, dsl::NodeKind::scalar)) {
    const Place each = place.item_at(item);
    if (!want_text(reading.pass, each)) continue;
    taken.emplace_back(item.text());
    if (!good(taken.back())) {
      refuse(reading, Code::bad_setting, each, fmt::format("{} is {}", each.words(), what));
    }
  }
  return taken;
}

bool is_address(const std::string& text) {
  unsigned char bytes[sizeof(in6_addr)];
  return inet_pton(AF_INET, text.c_str(), bytes) == 1 ||
         inet_pton(AF_INET6, text.c_str(), bytes) == 1;
}

std::string take_address(Reading& reading, const Place& place) {
  std::string address = take_text(reading, place);
  if (!address.empty() && !is_address(address)) {
    refuse(reading, Code::bad_setting, place,
           fmt::format("{} takes an address of this machine", place.words()),
           "like 127.0.0.1, or 0.0.0.0 for all of them");
  }
  return address;
}

namespace {

bool is_variable(std::string_view name) {
  return !name.empty() && !(name.front() >= '0' && name.front() <= '9') &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
         });
}

}  // namespace

std::string take_secret(Reading& reading, const Place& place) {
  const std::string name = take_text(reading, place);
  if (name.empty()) return {};
  if (!is_variable(name)) {
    refuse(reading, Code::secret_in_file, place,
           fmt::format("{} takes the name of an environment variable", place.words()),
           "of A-Z, 0-9 and _; the secret itself stands only there");
    return {};
  }
  const auto secret = reading.environment(name);
  if (secret && secret->size() >= secret_bytes_min) return *secret;
  refuse(reading, Code::variable_not_set, place,
         secret ? fmt::format("the secret in `{}` has fewer than {} characters", name,
                              secret_bytes_min)
                : fmt::format("the environment variable `{}` is not set", name),
         "`openssl rand -hex 32` makes one");
  return {};
}

void take_bytes(Reading& reading, const Place& place, std::uint64_t& bytes) {
  constexpr std::pair<std::string_view, unsigned> units[] = {{"KiB", 10}, {"MiB", 20}, {"GiB", 30}};
  if (!want_text(reading.pass, place)) return;
  const std::string_view text = place.node.text();
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  if (unit.starts_with(' ')) unit.remove_prefix(1);
  for (const auto& [name, bits] : units) {
    constexpr unsigned bits_max = 50;
    if (error != std::errc() || unit != name || number == 0) continue;
    if (number > (1ull << (bits_max - bits))) continue;
    bytes = number << bits;
    return;
  }
  refuse(reading, Code::bad_setting, place, fmt::format("{} takes a size", place.words()),
         "like 500 KiB, 5 MiB or 20 GiB");
}

void take_seconds(Reading& reading, const Place& place, std::int64_t& seconds) {
  if (!want_text(reading.pass, place)) return;
  const auto length = dsl::parse_duration(dsl::Fragment(place.node), reading.pass.findings);
  if (length) seconds = std::max<std::int64_t>(1, length->milliseconds / second_ms);
}

// --- maps

namespace {

bool smells_of_secret(std::string_view name) {
  constexpr std::string_view words[] = {"secret", "password", "token", "key", "credential"};
  return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) {
    return name.find(word) != std::string_view::npos;
  });
}

// A misspelt setting is told, and then taken for the one that was meant.
const Setting* find_or_tell(Reading& reading, std::span<const Setting> known,
                            const dsl::Entry& entry, const Node& map) {
  const std::string_view name = entry.key.text();
  std::vector<std::string_view> free;
  for (const Setting& one : known) {
    if (one.name == name) return &one;
    if (!map.find(one.name)) free.push_back(one.name);
  }
  dsl::Finding finding = dsl::finding_of(Code::unknown_setting, entry.key.span(),
                                         fmt::format("there is no setting `{}` here", name));
  const auto near = dsl::near_miss(name, free);
  if (!near && smells_of_secret(name)) {
    finding.code = Code::secret_in_file;
    finding.message = fmt::format("`{}`: secrets do not stand in this file", name);
    finding.suggestion = "they stand in environment variables: `web`: `secret_from: NAME`";
  } else if (near) {
    suggest(finding, name, free);
  } else {
    finding.suggestion = fmt::format("there are: {}", fmt::join(free, ", "));
  }
  reading.pass.findings.add(std::move(finding));
  if (!near) return nullptr;
  return std::find_if(known.data(), known.data() + known.size(),
                      [&](const Setting& one) { return one.name == *near; });
}

}  // namespace

void take_map(Reading& reading, const Node& map, std::span<const Setting> known) {
  for (const dsl::Entry& entry : map.entries()) {
    const Setting* setting = find_or_tell(reading, known, entry, map);
    if (setting) setting->take(reading, {setting->name, entry.key.span(), entry.value});
  }
}

void want_settings(Reading& reading, const Place& place, std::string_view of,
                   std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (place.node.find(name)) continue;
    reading.pass.findings.add(Code::missing_setting, place.key,
                              fmt::format("{} has no `{}`", of, name));
  }
}

}  // namespace alur::tools

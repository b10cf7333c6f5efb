#include "adapters/registry/identifiers.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace alur::registry {
namespace {

constexpr std::size_t each_max = 8;
constexpr std::size_t number_letters_min = 6;
constexpr std::ptrdiff_t number_digits_min = 3;

constexpr std::array link_endings{
#define LINK_ENDING(ending) std::string_view(ending),
#include "adapters/registry/link_endings.def"
#undef LINK_ENDING
};
constexpr std::array shared_hosts{
#define SHARED_HOST(host) std::string_view(host),
#include "adapters/registry/link_endings.def"
#undef SHARED_HOST
};
constexpr std::array<std::string_view, 6> app_beginnings{"com", "co", "id", "net", "org", "io"};

template <class Words>
bool holds(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

std::string small(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string_view trim_marks(std::string_view word) {
  constexpr std::string_view before = "(<[{\"'*_~";
  constexpr std::string_view after = ")>]}\"'*_~.,;:!?";
  const std::size_t begin = std::min(word.find_first_not_of(before), word.size());
  word.remove_prefix(begin);
  const std::size_t end = word.find_last_not_of(after);
  return word.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

bool is_host(std::string_view host) {
  const bool letters = std::all_of(host.begin(), host.end(), [](char c) {
    return is_letter_or_digit(c) || c == '-' || c == '.';
  });
  return letters && host.find('.') != std::string_view::npos && !host.starts_with('.') &&
         host.find("..") == std::string_view::npos;
}

std::string_view last_label(std::string_view host) {
  return host.substr(host.rfind('.') + 1);
}

// Only what is plainly a host is one: no escapes, no letters beyond ASCII, and after a colon only
// the number of a port.
std::string to_host(std::string_view authority) {
  if (const std::size_t colon = authority.find(':'); colon != std::string_view::npos) {
    const std::string_view port = authority.substr(colon + 1);
    if (port.find_first_not_of("0123456789") != std::string_view::npos) return {};
    authority = authority.substr(0, colon);
  }
  while (authority.ends_with('.')) authority.remove_suffix(1);
  if (authority.starts_with("www.")) authority.remove_prefix(4);
  return is_host(authority) ? std::string(authority) : std::string();
}

std::size_t end_of_path(std::string_view path) {
  return std::min(path.find_first_of("?#"), path.size());
}

// `.` and `..`, which may be escaped, lead where a browser would go; slashes at the ends are
// dropped, and what follows the path stays as it is.
std::string to_path(std::string_view text) {
  const std::string_view behind = text.substr(end_of_path(text));
  std::string path(text.substr(0, end_of_path(text)));
  std::replace(path.begin(), path.end(), '\\', '/');
  for (std::size_t at = 0; (at = path.find("%2e", at)) != std::string::npos;) {
    path.replace(at, 3, ".");
  }
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view part = std::string_view(path).substr(begin, end - begin);
    if (part == ".." && !parts.empty()) parts.pop_back();
    if (!part.empty() && part != "." && part != "..") parts.push_back(part);
    begin = end + 1;
  }
  std::string out;
  for (const std::string_view part : parts) {
    if (!out.empty()) out += '/';
    out += part;
  }
  return out.append(behind);
}

std::size_t end_of_authority(std::string_view address) {
  return std::min(address.find_first_of("/?#\\"), address.size());
}

// A word that is an address without a scheme before it.
std::optional<Link> to_link(std::string_view word) {
  const std::size_t end = end_of_authority(word);
  const std::string_view authority = word.substr(0, end);
  if (authority.find('@') != std::string_view::npos) return std::nullopt;
  std::string host = to_host(authority);
  const bool named = authority.starts_with("www.") || holds(link_endings, last_label(host));
  if (host.empty() || !named) return std::nullopt;
  return Link{std::move(host), to_path(word.substr(end)), {}};
}

bool is_app(std::string_view word) {
  const bool letters = std::all_of(word.begin(), word.end(), [](char c) {
    return is_letter_or_digit(c) || c == '_' || c == '.';
  });
  if (!letters || std::count(word.begin(), word.end(), '.') < 2 || word.ends_with('.'))
    return false;
  return holds(app_beginnings, word.substr(0, word.find('.')));
}

// The one value of `id` after a link's path; empty where there is none, or another beside it.
std::string id_parameter(std::string_view path) {
  std::string_view rest = path.substr(end_of_path(path));
  rest = rest.substr(0, rest.find('#'));
  std::string id;
  while (!rest.empty()) {
    rest.remove_prefix(1);
    const std::string_view each = rest.substr(0, rest.find('&'));
    rest.remove_prefix(each.size());
    if (!each.starts_with("id=")) continue;
    if (!id.empty()) return {};
    id = each.substr(3);
  }
  return id;
}

// The app that a link to a store is about; empty for other links.
std::string app_of(const Link& link) {
  const std::string_view path = std::string_view(link.path).substr(0, end_of_path(link.path));
  if (link.host == "play.google.com") {
    return path == "store/apps/details" ? id_parameter(link.path) : std::string();
  }
  if (link.host != "apps.apple.com") return {};
  const std::string_view last = path.substr(path.rfind('/') + 1);
  const bool numbered = last.size() > 2 && last.starts_with("id") &&
                        last.find_first_not_of("0123456789", 2) == std::string_view::npos;
  return numbered ? std::string(last) : std::string();
}

template <class T>
void keep(std::vector<T>& all, T one) {
  if (all.size() < each_max) all.push_back(std::move(one));
}

void keep_link(Link link, Identifiers& found) {
  std::string app = app_of(link);
  if (app.empty()) return keep(found.links, std::move(link));
  keep(found.apps, std::move(app));
}

// What follows `://`. A user before an `@` is there to be mistaken for the host: then the host
// counts, for warnings, and with it an address that is not to be trusted.
void take_address(std::string_view address, Identifiers& found) {
  const std::size_t end = end_of_authority(address);
  std::string_view authority = address.substr(0, end);
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    keep(found.links, Link{});
    authority.remove_prefix(at + 1);
  }
  keep_link(Link{to_host(authority), to_path(address.substr(end)), {}}, found);
}

void take_plain_word(std::string_view word, const std::string& plain, Identifiers& found) {
  if (plain.starts_with("com.") && is_app(plain)) return keep(found.apps, plain);
  if (auto link = to_link(plain)) {
    if (is_app(plain)) link->app = plain;
    return keep_link(std::move(*link), found);
  }
  if (is_app(plain)) return keep(found.apps, plain);
  if (const std::string number = number_form(plain); !number.empty()) keep(found.numbers, number);
  if (!found.rest.empty()) found.rest += ' ';
  found.rest += word;
}

// Whatever is glued before `http://` is a word of its own: another address, which sends on to this
// one, or a name. So is any other scheme.
void take_word(std::string_view word, Identifiers& found) {
  const std::string plain = small(trim_marks(word));
  const std::size_t colon = plain.find("://");
  if (colon == std::string::npos) return take_plain_word(word, plain, found);
  std::string_view before = std::string_view(plain).substr(0, colon);
  for (const std::string_view scheme : {"https", "http"}) {
    if (!before.ends_with(scheme)) continue;
    before.remove_suffix(scheme.size());
    break;
  }
  if (!before.empty()) take_plain_word(before, std::string(trim_marks(before)), found);
  take_address(std::string_view(plain).substr(colon + 3), found);
}

}  // namespace

Identifiers find_identifiers(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n\v\f";
  Identifiers found;
  while (true) {
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return found;
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find_first_of(blanks), text.size());
    take_word(text.substr(0, end), found);
    text.remove_prefix(end);
  }
}

std::string number_form(std::string_view text) {
  std::string out;
  for (const char c : small(text)) {
    if (is_letter_or_digit(c)) out += c;
    if (static_cast<unsigned char>(c) >= 0x80) return {};
  }
  const auto digits = std::count_if(out.begin(), out.end(), [](char c) { return c <= '9'; });
  return out.size() >= number_letters_min && digits >= number_digits_min ? out : std::string();
}

bool is_shared_host(std::string_view host) {
  return holds(shared_hosts, host);
}

}  // namespace alur::registry

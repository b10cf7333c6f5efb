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

// Only what is plainly a host is one: no user before an @, no escapes, no letters beyond ASCII.
std::string to_host(std::string_view authority) {
  const std::size_t colon = authority.find(':');
  if (colon != std::string_view::npos) authority = authority.substr(0, colon);
  while (authority.ends_with('.')) authority.remove_suffix(1);
  if (authority.starts_with("www.")) authority.remove_prefix(4);
  return is_host(authority) ? std::string(authority) : std::string();
}

std::string_view without_slashes(std::string_view path) {
  while (path.starts_with('/')) path.remove_prefix(1);
  while (path.ends_with('/')) path.remove_suffix(1);
  return path;
}

std::optional<Link> to_link(std::string_view word) {
  const std::size_t scheme_end = word.find("://");
  const bool has_scheme = scheme_end != std::string_view::npos;
  if (has_scheme) word.remove_prefix(scheme_end + 3);
  const std::size_t end = std::min(word.find_first_of("/?#\\"), word.size());
  const std::string_view authority = word.substr(0, end);
  if (!has_scheme) {
    if (authority.find('@') != std::string_view::npos) return std::nullopt;
    const std::string host = to_host(authority);
    const bool named = authority.starts_with("www.") || holds(link_endings, last_label(host));
    if (host.empty() || !named) return std::nullopt;
  }
  return Link{to_host(authority), std::string(without_slashes(word.substr(end))), {}};
}

bool is_app(std::string_view word) {
  const bool letters = std::all_of(word.begin(), word.end(), [](char c) {
    return is_letter_or_digit(c) || c == '_' || c == '.';
  });
  if (!letters || std::count(word.begin(), word.end(), '.') < 2 || word.ends_with('.'))
    return false;
  return holds(app_beginnings, word.substr(0, word.find('.')));
}

// The app that a link to a store is about; empty for other links.
std::string app_of(const Link& link) {
  if (link.host == "play.google.com" || link.host.empty()) {
    const std::size_t at = link.path.find("id=");
    if (link.host.empty() || at == std::string::npos || at == 0) return {};
    if (link.path[at - 1] != '?' && link.path[at - 1] != '&') return {};
    const std::size_t end = std::min(link.path.find_first_of("&#", at), link.path.size());
    return link.path.substr(at + 3, end - at - 3);
  }
  if (link.host == "apps.apple.com") {
    const std::size_t at = link.path.rfind("/id");
    if (at == std::string::npos) return {};
    return link.path.substr(at + 1, link.path.find_first_of("?#/", at + 1) - at - 1);
  }
  return {};
}

template <class T>
void keep(std::vector<T>& all, T one) {
  if (all.size() < each_max) all.push_back(std::move(one));
}

void take_word(std::string_view word, Identifiers& found) {
  const std::string plain = small(trim_marks(word));
  if (plain.starts_with("com.") && is_app(plain)) return keep(found.apps, plain);
  if (auto link = to_link(plain)) {
    const std::string app = app_of(*link);
    if (is_app(plain)) link->app = plain;
    return app.empty() ? keep(found.links, std::move(*link)) : keep(found.apps, app);
  }
  if (is_app(plain)) return keep(found.apps, plain);
  if (const std::string number = number_form(plain); !number.empty()) keep(found.numbers, number);
  if (!found.rest.empty()) found.rest += ' ';
  found.rest += word;
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

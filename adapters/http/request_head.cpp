#include "adapters/http/request_head.hpp"

#include <algorithm>

namespace alur::adapters {
namespace {

constexpr std::size_t length_digits_max = 12;

bool is_token_char(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  const bool digit = c >= '0' && c <= '9';
  return letter || digit || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

bool is_visible(char c) {
  return c > ' ' && c < 0x7f;
}

bool is_alike(std::string_view name, std::string_view lower) {
  return std::equal(name.begin(), name.end(), lower.begin(), lower.end(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

const char* fault_of_first_line(std::string_view line) {
  constexpr const char* fault = "no HTTP request";
  const std::size_t method = line.find(' ');
  const std::size_t target = line.rfind(' ');
  if (method == std::string_view::npos || target == method) return fault;
  if (!is_token(line.substr(0, method))) return fault;
  const std::string_view path = line.substr(method + 1, target - method - 1);
  if (path.empty() || path[0] != '/' || !std::all_of(path.begin(), path.end(), is_visible)) {
    return "the path is none";
  }
  return line.substr(target + 1) == "HTTP/1.1" ? nullptr : "HTTP/1.1 is spoken here";
}

struct Counts {
  std::size_t lines = 0;
  std::size_t hosts = 0;
  std::size_t lengths = 0;
};

const char* fault_of_length(std::string_view value) {
  const bool digits =
      !value.empty() && value.size() <= length_digits_max &&
      std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits ? nullptr : "the Content-Length is none";
}

const char* fault_of_host(std::string_view value) {
  const bool good = !value.empty() && std::all_of(value.begin(), value.end(), [](char c) {
    return is_visible(c) && c != ',' && c != '/' && c != '@' && c != '\\';
  });
  return good ? nullptr : "the Host is none";
}

const char* fault_of_line(std::string_view line, Counts& counts) {
  if (++counts.lines > head_lines_max) return "too many header lines";
  if (line[0] == ' ' || line[0] == '\t') return "no folded header lines here";
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
    return "a header line is none";
  }
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trimmed(line.substr(colon + 1));
  for (const char c : value) {
    if ((static_cast<unsigned char>(c) < ' ' && c != '\t') || c == 0x7f) {
      return "a header line is none";
    }
  }
  if (is_alike(name, "transfer-encoding")) return "no Transfer-Encoding here";
  if (is_alike(name, "host")) {
    return ++counts.hosts > 1 ? "one Host is wanted" : fault_of_host(value);
  }
  if (is_alike(name, "content-length")) {
    return ++counts.lengths > 1 ? "one Content-Length is wanted" : fault_of_length(value);
  }
  return nullptr;
}

}  // namespace

std::size_t end_of_head(std::string_view bytes, std::size_t from) {
  constexpr std::string_view end = "\r\n\r\n";
  const std::size_t back = std::min(from, end.size() - 1);
  const std::size_t at = bytes.find(end, from - back);
  return at == std::string_view::npos ? at : at + end.size();
}

const char* fault_of_head(std::string_view head) {
  Counts counts;
  bool first = true;
  while (head != "\r\n") {
    const std::size_t end = head.find_first_of("\r\n");
    if (end == std::string_view::npos || head.substr(end, 2) != "\r\n") {
      return "lines end in CR LF";
    }
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(end + 2);
    const char* fault = first          ? fault_of_first_line(line)
                        : line.empty() ? "no HTTP request"
                                       : fault_of_line(line, counts);
    if (fault) return fault;
    first = false;
  }
  if (first) return "no HTTP request";
  return counts.hosts == 1 ? nullptr : "one Host is wanted";
}

}  // namespace alur::adapters

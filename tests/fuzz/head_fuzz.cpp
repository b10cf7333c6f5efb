// Any bytes as the head of a request: a good one has none of what two readers read in two ways,
// whatever stands around it, and Beast, which reads it after us, finds the same request in it.
#include <boost/asio/buffer.hpp>
#include <boost/beast/http.hpp>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>

#include "adapters/http/request_head.hpp"

namespace http = boost::beast::http;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace alur::adapters;
  const std::string all(bytes, bytes + size);
  const std::size_t end = end_of_head(all);
  if (end == std::string::npos) return 0;
  const std::string head = all.substr(0, end);
  if (fault_of_head(head) != nullptr) return 0;
  assert(head.find('\0') == std::string::npos);
  for (std::size_t i = 0; i < head.size(); ++i) {
    assert(head[i] != '\n' || (i > 0 && head[i - 1] == '\r'));
    assert(head[i] != '\r' || head[i + 1] == '\n');
    const bool folds = head[i] == '\n' && (head[i + 1] == ' ' || head[i + 1] == '\t');
    assert(!folds);
  }
  http::request_parser<http::empty_body> parser;
  parser.header_limit(head_bytes_max);
  boost::system::error_code error;
  const std::size_t read = parser.put(boost::asio::buffer(head), error);
  if (error) return 0;  // it is refused all the same, later
  assert(parser.is_header_done() && read == head.size());
  const auto& request = parser.get();
  assert(!parser.chunked() && request.version() == 11);
  assert(request.count("Host") == 1 && request.count("Transfer-Encoding") == 0);
  assert(request.count("Content-Length") <= 1);
  const auto line = std::string(request.method_string()) + " " + std::string(request.target());
  assert(head.starts_with(line + " HTTP/1.1\r\n"));
  return 0;
}

// DeskSettings: what an operator settles of the desk's door and of what stands behind it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "adapters/http/tls_pair.hpp"
#include "adapters/http/web_file.hpp"

namespace alur::adapters {

// What agents choose by its title: a wrap-up code, a reason for being away.
struct DeskChoice {
  std::string name;
  std::string title_id;
  std::string title_en;
};

// A channel that can show what an agent sends.
struct DeskFileChannel {
  std::string name;
  std::vector<std::string> types;  // MIME
};

// Of one socket: so many at once, and then so many a second.
struct DeskRates {
  double frames_at_once = 60;
  double frames_a_second = 20;  // beyond it the socket ends
  double says_at_once = 20;
  double says_a_second = 3;  // beyond it they are answered `too_many`
};

struct DeskSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8161;  // 0: any that is free
  std::vector<std::string> proxies;
  std::vector<std::string> origins;
  std::shared_ptr<const TlsPair> tls;  // null: plain HTTP
  std::vector<WebFile> files;          // the page
  std::size_t connections_max = 4'096;
  std::size_t connections_of_address_max = 0;  // 0: as many; an office is one address
  std::size_t sockets_of_account_max = 8;
  std::uint64_t file_bytes_held_max = 64u << 20;  // on their way to pages; beyond it 503
  DeskRates rates;

  std::string app;       // its name
  std::string language;  // of the page, at first
  std::vector<DeskChoice> codes;
  std::vector<DeskChoice> reasons;  // for being away
  std::vector<DeskFileChannel> file_channels;
};

inline constexpr std::size_t desk_text_length_max = 4'000;     // of what an agent says; code points
inline constexpr std::size_t desk_caption_length_max = 1'000;  // of words that go with a file

}  // namespace alur::adapters

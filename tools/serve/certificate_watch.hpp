// CertificateWatch: a certificate and its key in their files, which somebody renews while a door
// speaks TLS with them.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <string>

#include "adapters/http/tls_pair.hpp"

namespace alur::tools {

class CertificateWatch {
 public:
  // Null, and one plain line in `error`, for files that are none; null without one where none is
  // named.
  std::shared_ptr<const adapters::TlsPair> open(const adapters::TlsFiles& files,
                                                std::string& error);
  // What has come since; null: nothing, or nothing good. `told`: until when it is good, or what is
  // wrong with it.
  std::shared_ptr<const adapters::TlsPair> renewed(std::string& told);

 private:
  adapters::TlsFiles files_;
  std::array<std::filesystem::file_time_type, 2> written_{};  // as taken
};

}  // namespace alur::tools

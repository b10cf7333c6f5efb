#include "tools/serve/certificate_watch.hpp"

#include "engine/value/value.hpp"

namespace alur::tools {
namespace {

std::array<std::filesystem::file_time_type, 2> written(const adapters::TlsFiles& files) {
  std::error_code error;  // where one is not there just now, reading it says so
  return {std::filesystem::last_write_time(files.certificate, error),
          std::filesystem::last_write_time(files.key, error)};
}

std::string good_until(const adapters::TlsPair& pair) {
  return value::Value(value::Instant{pair.until_seconds() * 1'000}).to_text();
}

}  // namespace

std::shared_ptr<const adapters::TlsPair> CertificateWatch::open(const adapters::TlsFiles& files,
                                                                std::string& error) {
  if (!files.are_named()) return nullptr;
  files_ = files;
  written_ = written(files_);
  return adapters::TlsPair::read(files_, error);
}

std::shared_ptr<const adapters::TlsPair> CertificateWatch::renewed(std::string& told) {
  if (!files_.are_named()) return nullptr;
  const auto now = written(files_);
  if (now == written_) return nullptr;
  written_ = now;
  std::string error;
  auto pair = adapters::TlsPair::read(files_, error);
  told = pair ? files_.certificate + " is new, and good until " + good_until(*pair)
              : error + "; the certificate before it goes on";
  return pair;
}

}  // namespace alur::tools

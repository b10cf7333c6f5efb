#include "tools/serve/rest_services.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace alur::tools {

std::unique_ptr<RestServices> RestServices::open(const std::string& path, const program::App& app,
                                                 std::string& error) {
  std::error_code code;
  if (!std::filesystem::exists(path, code)) return nullptr;
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const auto read = adapters::read_rest_settings(text, folder.empty() ? "." : folder, error);
  if (read) error = adapters::find_misfit(*read, app);
  auto services = std::make_unique<RestServices>();
  if (read && error.empty()) {
    adapters::WebSettings web;
    web.guard = adapters::AddressGuard(read->private_addresses);
    web.certificates = read->certificates;
    services->client_ = std::make_unique<adapters::WebClient>(std::move(web), error);
  }
  if (!error.empty()) {
    error = path + ": " + error;
    return nullptr;
  }
  for (const adapters::RestDeclaration& one : read->services) {
    services->services_.push_back(std::make_unique<adapters::RestService>(
        one, *services->client_,
        [all = services.get()](const std::string& service, ports::Fault why, int status) {
          all->note(service, why, status);
        }));
  }
  return services;
}

void RestServices::note(const std::string& service, ports::Fault why, int status) {
  const std::lock_guard lock(mutex_);
  ++failing_[{service, why, status}].calls;
}

std::string RestServices::failures(std::int64_t now_ms) {
  constexpr std::int64_t minute = 60'000;
  const std::lock_guard lock(mutex_);
  std::string lines;
  for (auto& [reason, failing] : failing_) {
    if (failing.calls == 0 || (failing.told_at != 0 && now_ms - failing.told_at < minute)) continue;
    const auto& [service, why, status] = reason;
    lines += fmt::format("service {}: {}{}, {} {}\n", service, to_text(why),
                         status == 0 ? "" : fmt::format(" (it answered {})", status), failing.calls,
                         failing.calls == 1 ? "call" : "calls");
    failing = {0, now_ms};
  }
  return lines;
}

std::vector<ports::Service*> RestServices::services() const {
  std::vector<ports::Service*> all;
  for (const auto& service : services_) all.push_back(service.get());
  return all;
}

}  // namespace alur::tools

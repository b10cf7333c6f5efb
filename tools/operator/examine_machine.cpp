// The machine that a service runs on, or is to run on.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>

#include "adapters/http/http_client.hpp"
#include "adapters/sqlite/maintenance.hpp"
#include "tools/operator/examine.hpp"
#include "tools/serve/desk_door.hpp"
#include "tools/serve/evidence.hpp"
#include "tools/serve/whatsapp.hpp"

namespace alur::tools {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t mebibyte = 1u << 20;
constexpr std::uint64_t free_bytes_least = 256 * mebibyte;   // less: soon nothing is taken
constexpr std::uint64_t free_bytes_fair = 2'048 * mebibyte;  // and as much as the store has
constexpr rlim_t descriptors_fair = 20'000;                  // 16,384 sockets, and the rest
constexpr int answer_seconds_max = 5;

Diagnosis well(std::string about, std::string found) {
  return {Condition::well, std::move(about), std::move(found), {}};
}

Diagnosis fault(std::string about, std::string found, std::string cure) {
  return {Condition::fault, std::move(about), std::move(found), std::move(cure)};
}

Diagnosis advice(std::string about, std::string found, std::string cure) {
  return {Condition::advice, std::move(about), std::move(found), std::move(cure)};
}

std::string folder_of(const std::string& path) {
  return fs::absolute(path).parent_path().string();
}

// --- what is kept

Diagnosis examine_store(const std::string& path) {
  std::error_code code;
  if (!fs::exists(path, code)) return well("store", path + ": not there yet, it will be made");
  const auto faults = adapters::check_store(path);
  if (!faults && faults.error() == ports::Fault::refused) {
    return fault("store", path + ": another alur wrote it, or something else",
                 "start the alur that wrote it, or an earlier copy: docs/guide-operator.md, "
                 "Downgrade. An older store is brought forward at the next start");
  }
  if (!faults) {
    return fault("store", fmt::format("{}: {}", path, to_text(faults.error())),
                 "the service's user must be able to read and write it and its folder");
  }
  if (faults->empty()) return well("store", path + ": sound");
  return fault(
      "store", fmt::format("{}: {}", path, faults->front()),
      fmt::format("stop the service, keep a copy of {}*, and go back to the last backup", path));
}

Diagnosis examine_writing(const std::string& path) {
  const std::string folder = folder_of(path);
  if (access(folder.c_str(), R_OK | W_OK | X_OK) != 0) {
    return fault("folder", folder + ": cannot be written by this user",
                 fmt::format("`chown alur: {}`, or run this as the service's user", folder));
  }
  struct stat about{};
  if (stat(folder.c_str(), &about) == 0 && (about.st_mode & 07) != 0) {
    return advice("folder", folder + ": everybody on this machine can look into it",
                  fmt::format("`chmod 750 {}`", folder));
  }
  return well("folder", folder + ": can be written, by nobody else");
}

void examine_key(const std::string& store, Diagnoses& all) {
  const std::string key = store + ".webchat-key";
  struct stat about{};
  if (stat(key.c_str(), &about) != 0) return;
  if ((about.st_mode & 077) != 0) {
    all.push_back(fault("key", key + ": others can read it", fmt::format("`chmod 600 {}`", key)));
  } else if (access(key.c_str(), R_OK) != 0) {
    all.push_back(
        fault("key", key + ": cannot be read by this user", fmt::format("`chown alur: {}`", key)));
  } else {
    all.push_back(well("key", key + ": readable by its owner alone"));
  }
}

// What citizens sent; made at the first start.
void examine_files(const std::string& store, Diagnoses& all) {
  const std::string folder = files_folder(store);
  struct stat about{};
  if (stat(folder.c_str(), &about) != 0) return;
  if ((about.st_mode & 077) != 0) {
    all.push_back(fault("files", folder + ": others can look into it",
                        fmt::format("`chmod 700 {}`", folder)));
  } else if (access(folder.c_str(), R_OK | W_OK | X_OK) != 0) {
    all.push_back(fault("files", folder + ": cannot be used by this user",
                        fmt::format("`chown -R alur: {}`", folder)));
  } else {
    all.push_back(well("files", folder + ": open to its owner alone"));
  }
}

void examine_kept(const ServeSettings& settings, Diagnoses& all) {
  const std::string& store = settings.store;
  all.push_back(examine_writing(store));
  all.push_back(examine_store(store));
  examine_key(store, all);
  examine_files(store, all);
  const Diagnoses of_staff = examine_staff(settings);
  all.insert(all.end(), of_staff.begin(), of_staff.end());
  std::error_code code;
  const fs::space_info space = fs::space(folder_of(store), code);
  if (code) return;
  const std::uintmax_t size = fs::file_size(store, code);
  all.push_back(judge_space(space.available, code ? 0 : size));
}

// --- ports

struct Descriptor {
  int number = -1;
  ~Descriptor() {
    if (number >= 0) close(number);
  }
};

enum class Port : unsigned char { free, taken, forbidden, no_address };

Port try_port(const std::string& address, int port) {
  sockaddr_storage storage{};
  socklen_t size = sizeof(sockaddr_in);
  auto* four = reinterpret_cast<sockaddr_in*>(&storage);
  auto* six = reinterpret_cast<sockaddr_in6*>(&storage);
  if (inet_pton(AF_INET, address.c_str(), &four->sin_addr) == 1) {
    four->sin_family = AF_INET;
    four->sin_port = htons(static_cast<std::uint16_t>(port));
  } else if (inet_pton(AF_INET6, address.c_str(), &six->sin6_addr) == 1) {
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(static_cast<std::uint16_t>(port));
    size = sizeof(sockaddr_in6);
  } else {
    return Port::no_address;
  }
  const Descriptor socket{::socket(storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  const int on = 1;  // as the service does, so that closed connections are no hindrance
  setsockopt(socket.number, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(socket.number, reinterpret_cast<const sockaddr*>(&storage), size) == 0) {
    return Port::free;
  }
  return errno == EACCES ? Port::forbidden : errno == EADDRINUSE ? Port::taken : Port::no_address;
}

// Whether an alur service answers there for operators.
bool is_ours(std::uint16_t port) {
  const auto answer =
      adapters::http_ask("127.0.0.1", port, {"GET", "/ready", "", ""}, answer_seconds_max);
  return answer.body.starts_with("{\"ready\":");
}

Diagnosis examine_port(const char* about, const std::string& address, int port, bool runs) {
  const std::string where = fmt::format("{}:{}", address, port);
  switch (port == 0 ? Port::free : try_port(address, port)) {
    case Port::free:
      return well(about, where + ": free");
    case Port::taken:
      if (runs) return well(about, where + ": the service runs");
      return fault(about, where + ": another program listens there",
                   fmt::format("`ss -ltnp 'sport = :{}'` names it; or choose another", port));
    case Port::forbidden:
      return fault(about, where + ": only root may listen there",
                   "choose one from 1024 on, with a proxy in front of it");
    case Port::no_address:
      break;
  }
  return fault(about, where + ": no address of this machine", "`ip address` lists them");
}

void examine_ports(const ServeSettings& settings, Diagnoses& all) {
  const bool runs = settings.port != 0 &&
                    try_port(settings.address, settings.port) == Port::taken &&
                    is_ours(settings.port);
  all.push_back(examine_port("port", settings.address, settings.port, runs));
  const int web = settings.web.port >= 0 ? settings.web.port
                  : settings.port == 0   ? 0
                                         : settings.port + 1;
  all.push_back(examine_port("web port", settings.web.address, web, runs));
  if (settings.desk.on) {
    all.push_back(examine_port("desk's port", settings.desk.address, desk_port(settings), runs));
  }
  if (!settings.whatsapp.is_on()) return;
  all.push_back(
      examine_port("WhatsApp's port", settings.whatsapp.address, whatsapp_port(settings), runs));
}

// --- the process and its clock

Diagnosis examine_user() {
  if (geteuid() == 0) {
    return advice("user", "root",
                  "run the service, and this, as a user of its own: `sudo -u alur`");
  }
  return well("user", fmt::format("number {}", geteuid()));
}

Diagnosis examine_descriptors() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_max >= descriptors_fair) {
    return well("sockets", "enough");
  }
  return advice("sockets", fmt::format("at most {} files and connections", limit.rlim_max),
                fmt::format("`LimitNOFILE={}` in the unit, or `ulimit -n`", descriptors_fair));
}

Diagnosis examine_clock(const std::string& store) {
  timex clock{};
  const bool synchronised = adjtimex(&clock) != TIME_ERROR;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto last = store.empty() ? ports::Result<std::int64_t>(0) : adapters::last_turn(store);
  return judge_clock(synchronised,
                     std::chrono::duration_cast<std::chrono::milliseconds>(now).count(),
                     last ? *last : 0);
}

}  // namespace

Diagnosis judge_space(std::uint64_t free_bytes, std::uint64_t store_bytes) {
  const std::string found =
      fmt::format("{} MiB free; the store has {}", free_bytes / mebibyte, store_bytes / mebibyte);
  const char* cure = "make room, or move the store; messages are refused when it is full";
  if (free_bytes < free_bytes_least) return fault("disk", found, cure);
  if (free_bytes < free_bytes_fair || free_bytes < store_bytes) {
    return advice("disk", found + ": a backup may not fit", cure);
  }
  return well("disk", found);
}

Diagnosis judge_clock(bool synchronised, std::int64_t now_ms, std::int64_t last_turn_ms) {
  constexpr std::int64_t minute_ms = 60'000;
  if (now_ms + minute_ms < last_turn_ms) {
    return fault("clock",
                 fmt::format("{} s behind what the store has", (last_turn_ms - now_ms) / 1'000),
                 "set it: `timedatectl`; timers would wait until it is that late again");
  }
  if (!synchronised) {
    return advice("clock", "goes by itself",
                  "keep it right: `apt install systemd-timesyncd`, then `timedatectl`");
  }
  return well("clock", "kept right");
}

Diagnoses examine_machine(const ServeSettings& settings) {
  Diagnoses all;
  all.push_back(examine_user());
  if (!settings.store.empty()) examine_kept(settings, all);
  examine_ports(settings, all);
  all.push_back(examine_clock(settings.store));
  all.push_back(examine_descriptors());
  return all;
}

}  // namespace alur::tools

#include "tools/serve/metrics.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>

namespace alur::tools {
namespace {

namespace fs = std::filesystem;

struct Meaning {
  std::string_view name;
  std::string_view meaning;
};

constexpr Meaning counters[] = {
#define COUNTER(name, meaning) {#name, meaning},
#include "engine/runtime/counter.def"
#undef COUNTER
};

constexpr Meaning timings[] = {
#define TIMING(name, meaning) {#name, meaning},
#include "engine/runtime/timing.def"
#undef TIMING
};

class Page {
 public:
  void head(std::string_view name, std::string_view type, std::string_view meaning) {
    out_ += fmt::format("# HELP {0} {2}\n# TYPE {0} {1}\n", name, type, meaning);
  }
  template <class Number>
  void line(std::string_view name, Number number) {
    out_ += fmt::format("{} {}\n", name, number);
  }
  template <class Number>
  void gauge(std::string_view name, std::string_view meaning, Number number) {
    head(name, "gauge", meaning);
    line(name, number);
  }
  // What cannot be told is left out: a 0 would be believed.
  template <class Number>
  void gauge(std::string_view name, std::string_view meaning, std::optional<Number> number) {
    if (number) gauge(name, meaning, *number);
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void add_counters(Page& page, const runtime::Health& health) {
  for (const auto& [name, meaning] : counters) {
    const auto found = health.counters.find(std::string(name));
    const std::string full = fmt::format("alur_{}_total", name);
    page.head(full, "counter", meaning);
    page.line(full, found == health.counters.end() ? 0 : found->second);
  }
}

void add_timings(Page& page, const runtime::Health& health) {
  constexpr double second_microseconds = 1e6;
  constexpr double second_nanoseconds = 1e9;
  for (const auto& [name, meaning] : timings) {
    const auto found = health.timings.find(std::string(name));
    const runtime::Tallies sums =
        found == health.timings.end() ? runtime::Tallies() : found->second;
    const std::string full = fmt::format("alur_{}_seconds", name);
    page.head(full, "histogram", meaning);
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < sums.buckets.size(); ++i) {
      count += sums.buckets[i];
      const bool last = i == runtime::bucket_microseconds.size();
      const std::string bound =
          last ? "+Inf"
               : fmt::format("{}", static_cast<double>(runtime::bucket_microseconds[i]) /
                                       second_microseconds);
      page.line(fmt::format("{}_bucket{{le=\"{}\"}}", full, bound), count);
    }
    page.line(full + "_sum", static_cast<double>(sums.nanoseconds) / second_nanoseconds);
    page.line(full + "_count", count);
  }
}

void add_health(Page& page, const runtime::Health& health) {
  page.gauge("alur_ready", "1 while messages are taken", health.ready ? 1 : 0);
  page.gauge("alur_store_up", "1 while what is said can be made durable", health.store_up ? 1 : 0);
  page.gauge("alur_conversations", "conversations under way", health.active);
  page.gauge("alur_waiting", "messages, timers and answers that wait for their turn",
             health.waiting);
  page.gauge("alur_unsent", "messages to citizens that no channel has taken yet", health.unsent);
  page.gauge("alur_uncommitted", "changes that wait for their commit", health.uncommitted);
  page.gauge("alur_version", "the version of the app that new conversations begin with",
             health.version);
}

void add_desk(Page& page, const runtime::DeskGauges& desk) {
  page.gauge("alur_desk_waiting", "conversations that wait for a person", desk.waiting);
  page.gauge("alur_desk_offered", "conversations that are offered to somebody", desk.offered);
  page.gauge("alur_desk_owned", "conversations that a person has", desk.owned);
  page.gauge("alur_desk_on_duty", "agents who are there", desk.on_duty);
  page.gauge("alur_desk_longest_wait_seconds", "how long somebody has waited for a person",
             static_cast<double>(desk.longest_wait_ms) / 1e3);
}

// One line for each sender: a paused one stands at 1, and /health says why.
void add_senders(Page& page, const runtime::Health& health) {
  const auto each = [&](std::string_view name, std::string_view meaning, auto number_of) {
    page.head(name, "gauge", meaning);
    for (const runtime::SenderReport& sender : health.senders) {
      page.line(
          fmt::format("{}{{channel=\"{}\",sender=\"{}\"}}", name, sender.channel, sender.name),
          number_of(sender));
    }
  };
  each("alur_sender_unsent", "messages to citizens that wait for this sender",
       [](const runtime::SenderReport& sender) { return sender.unsent; });
  each("alur_sender_paused", "1 while nothing leaves until somebody has acted",
       [](const runtime::SenderReport& sender) { return sender.paused.empty() ? 0 : 1; });
}

void add_use(Page& page, const ProcessUse& use) {
  page.gauge("alur_store_bytes", "the store's file", use.store_bytes);
  page.gauge("alur_store_log_bytes", "the store's write-ahead log", use.log_bytes);
  page.gauge("alur_files", "pictures and documents of citizens that are kept", use.files);
  page.gauge("alur_files_bytes", "their bytes", use.files_bytes);
  page.gauge("alur_disk_free_bytes", "what is free on the store's disk", use.free_bytes);
  page.gauge("process_resident_memory_bytes", "memory of this process", use.resident_bytes);
  page.gauge("process_open_fds", "open files and connections", use.descriptors);
  if (use.cpu_seconds) {
    page.head("process_cpu_seconds_total", "counter", "time that the processors worked for this");
    page.line("process_cpu_seconds_total", *use.cpu_seconds);
  }
}

// Of a door for browsers; `name`: of its gauges.
void add_door(Page& page, const std::string& name, std::string_view door,
              const adapters::WebUse& use) {
  page.gauge(name + "_connections", fmt::format("open connections to {}, with its sockets", door),
             use.connections);
  page.gauge(name + "_sockets", fmt::format("open sockets of {}: pages that are looked at", door),
             use.sockets);
  page.head(name + "_refused_total", "counter",
            fmt::format("connections to {} that were refused or cut off, by why", door));
  for (std::size_t i = 0; i < adapters::refusal_count; ++i) {
    page.line(fmt::format("{}_refused_total{{why=\"{}\"}}", name, adapters::refusal_names[i]),
              use.refused[i]);
  }
}

void add_whatsapp(Page& page, const adapters::WhatsAppUse& whatsapp) {
  page.head("alur_whatsapp_ignored_total", "counter",
            "updates of Meta's that are for others: echoes, history, calls");
  page.line("alur_whatsapp_ignored_total", whatsapp.ignored);
  page.head("alur_whatsapp_unusable_total", "counter",
            "parts of Meta's webhooks that could not be used, and were kept");
  page.line("alur_whatsapp_unusable_total", whatsapp.unusable);
  page.gauge("alur_whatsapp_awaited_files",
             "pictures and documents that are still at Meta's, or could not be had",
             whatsapp.awaited);
}

std::optional<std::uint64_t> size_of(const std::string& path) {
  std::error_code error;
  const std::uint64_t size = fs::file_size(path, error);
  return error ? std::nullopt : std::optional(size);
}

std::optional<std::uint64_t> resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t pages = 0;
  std::uint64_t resident = 0;
  if (!(file >> pages >> resident)) return std::nullopt;
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

std::optional<std::uint64_t> open_descriptors() {
  std::error_code error;
  const fs::directory_iterator open("/proc/self/fd", error);
  if (error) return std::nullopt;
  return static_cast<std::uint64_t>(std::distance(begin(open), end(open)));
}

std::optional<double> cpu_seconds() {
  rusage use{};
  if (getrusage(RUSAGE_SELF, &use) != 0) return std::nullopt;
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(use.ru_utime) + seconds(use.ru_stime);
}

}  // namespace

ProcessUse measure_process(const std::string& store) {
  ProcessUse use;
  use.resident_bytes = resident_bytes();
  use.descriptors = open_descriptors();
  use.cpu_seconds = cpu_seconds();
  if (store.empty()) return use;
  use.store_bytes = size_of(store);
  use.log_bytes = size_of(store + "-wal");
  std::error_code error;
  const fs::space_info space = fs::space(fs::absolute(store).parent_path(), error);
  if (!error) use.free_bytes = space.available;
  return use;
}

std::string encode_metrics(const runtime::Health& health, const ProcessUse& use,
                           const std::optional<adapters::WebUse>& web,
                           const std::optional<adapters::WhatsAppUse>& whatsapp,
                           const std::optional<adapters::WebUse>& desk) {
  Page page;
  add_health(page, health);
  if (health.desk) add_desk(page, *health.desk);
  add_senders(page, health);
  add_counters(page, health);
  add_timings(page, health);
  add_use(page, use);
  if (web) add_door(page, "alur_web", "the web chat", *web);
  if (desk) add_door(page, "alur_desk", "the desk", *desk);
  if (whatsapp) add_whatsapp(page, *whatsapp);
  return page.take();
}

}  // namespace alur::tools

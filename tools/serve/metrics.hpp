// What a monitor asks for every few seconds, in Prometheus' text format: the runtime's counters and
// times, what is under way, and what the process and its store take. No label names anybody or
// anything that was said.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "adapters/http/web_use.hpp"
#include "adapters/whatsapp/whatsapp_use.hpp"
#include "engine/runtime/runtime.hpp"

namespace alur::tools {

inline constexpr const char* metrics_type = "text/plain; version=0.0.4; charset=utf-8";

// What the machine says of this process and of its store's file; unset: it cannot be told.
struct ProcessUse {
  std::optional<std::uint64_t> resident_bytes;
  std::optional<std::uint64_t> descriptors;
  std::optional<double> cpu_seconds;
  std::optional<std::uint64_t> store_bytes;
  std::optional<std::uint64_t> log_bytes;   // of the store's write-ahead log
  std::optional<std::uint64_t> free_bytes;  // on the store's disk, for us
  std::optional<std::uint64_t> files;       // of citizens, that are kept
  std::optional<std::uint64_t> files_bytes;
};

// `store`: its file; empty: it is in memory.
ProcessUse measure_process(const std::string& store);

// `web`, `whatsapp`, `desk`: unset where there is none; of the desk, its door.
std::string encode_metrics(const runtime::Health& health, const ProcessUse& use,
                           const std::optional<adapters::WebUse>& web = {},
                           const std::optional<adapters::WhatsAppUse>& whatsapp = {},
                           const std::optional<adapters::WebUse>& desk = {});

}  // namespace alur::tools

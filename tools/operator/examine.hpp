// Whether a service could be run as it is settled, and on this machine. Changes nothing.
#pragma once

#include "tools/operator/diagnosis.hpp"
#include "tools/serve/serve.hpp"

namespace alur::tools {

// What is settled: the app with all that is proven of it, channels, services, lists, doors, and
// where what is kept goes.
Diagnoses examine_settings(const ServeSettings& settings);

// The machine: the store and its key, the desk's accounts, the disk, what may be written, ports,
// the clock, and the bounds of the process. While the service runs, too.
Diagnoses examine_machine(const ServeSettings& settings);

// Part of it: the book of the desk's accounts, and the audit, all of which is read. Nothing where
// there is neither a desk nor a book.
Diagnoses examine_staff(const ServeSettings& settings);

// Of these, for tests: what is free on a disk, the web chat's certificate and its key, and the
// clock against the latest that is kept.
Diagnosis judge_space(std::uint64_t free_bytes, std::uint64_t store_bytes);
Diagnosis judge_certificate(const adapters::TlsFiles& files, std::int64_t now_seconds);
Diagnosis judge_clock(bool synchronised, std::int64_t now_ms, std::int64_t last_turn_ms);

}  // namespace alur::tools

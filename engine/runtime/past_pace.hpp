// PastPace: how much a citizen's bucket was drawn on before a start, from what the store has of
// their messages. It is read for one citizen when the first message to them is about to leave: a
// few rows by key, no table is searched.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/ports/channel.hpp"
#include "engine/ports/store.hpp"

namespace alur::runtime {

// When the bucket is full again, in milliseconds, and never sooner than it is; `now_ms`: it is
// full. What has not left yet is not in it. Nothing where the store cannot tell: on channels
// without receipts, whose messages it forgets, or when it fails.
std::optional<std::int64_t> read_pair_full_at(ports::StoreReader& reader, ports::CitizenKey citizen,
                                              const ports::Pace& pace, std::int64_t now_ms);

}  // namespace alur::runtime

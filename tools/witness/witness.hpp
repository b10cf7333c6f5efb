// Witness: the shortest conversation, as a chat, in which the machine really does what a finding
// says. Found by trying: from the beginning one act after another, breadth first, on the machine
// itself; so a witness replays, and no finding has one that does not show it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "dsl/check/proof/proofs.hpp"
#include "engine/program/program.hpp"

namespace alur::tools {

struct WitnessBounds {
  std::size_t places_max = 20'000;  // conversations looked at
};

// Nothing where none was found within the bounds. `title` heads the chat.
std::optional<std::string> find_witness(const std::shared_ptr<const program::Program>& program,
                                        const dsl::proof::Fault& fault, const std::string& title,
                                        WitnessBounds bounds = {});

}  // namespace alur::tools

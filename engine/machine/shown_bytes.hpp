// The bytes of a message as a channel shows it, for messages that wait to be sent.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/machine/present.hpp"

namespace alur::machine {

void encode_shown(const Shown& shown, std::string& out);
// Nothing for bytes that encode_shown did not write.
std::optional<Shown> decode_shown(std::string_view bytes);

}  // namespace alur::machine

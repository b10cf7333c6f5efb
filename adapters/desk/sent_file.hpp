// What an agent sends: kept with the files of citizens, under a name that the page is told and that
// is good for this agent and this conversation alone. The reference itself never leaves the
// service.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/desk/conversation.hpp"
#include "engine/machine/present.hpp"
#include "engine/ports/files.hpp"

namespace alur::adapters {

// Under whom what is sent in a conversation is kept, as ports::Files::begin() is told it.
std::string owner_of_sent(desk::Citizen citizen);

struct SentFile {
  ports::KeptFile kept;
  std::string name;  // for people to read
};

// Keeps it, and answers what `say` is to name: a secret, `:` and the file's name, cleaned. Takes as
// long as a disk does.
ports::FileResult<std::string> keep_sent_file(ports::Files& files, std::string_view content,
                                              std::string_view name, desk::AgentId agent,
                                              desk::Citizen citizen, value::Instant now);
// Nothing for what this agent has not brought for this conversation, or what is gone by now.
std::optional<SentFile> find_sent_file(ports::Files& files, std::string_view named,
                                       desk::AgentId agent, desk::Citizen citizen,
                                       value::Instant now);
// As a channel gets it: a picture or a document whose `url` is the reference and whose `label` is
// the name.
void show_file(const SentFile& file, machine::Shown& shown);

}  // namespace alur::adapters

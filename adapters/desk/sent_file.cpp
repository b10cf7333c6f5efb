#include "adapters/desk/sent_file.hpp"

#include "adapters/desk/secret.hpp"

namespace alur::adapters {

namespace {

// So that what is brought in a day is bounded for each agent in each conversation.
std::string owner_of(desk::AgentId agent, desk::Citizen citizen) {
  return "desk:" + std::to_string(agent) + ":" + std::to_string(citizen);
}

}  // namespace

ports::FileResult<std::string> keep_sent_file(ports::Files& files, std::string_view content,
                                              std::string_view name, desk::AgentId agent,
                                              desk::Citizen citizen, value::Instant now) {
  if (content.empty()) return ports::FileFault::not_taken;
  const std::string id = make_secret();
  auto intake = files.begin(owner_of(agent, citizen), id, content.size(), now);
  if (!intake) return intake.error();
  if (const auto taken = (*intake)->take(content); !taken) return taken.error();
  if (const auto kept = (*intake)->finish(); !kept) return kept.error();
  return id + ":" + ports::clean_file_name(name);
}

std::optional<SentFile> find_sent_file(ports::Files& files, std::string_view named,
                                       desk::AgentId agent, desk::Citizen citizen,
                                       value::Instant now) {
  if (named.size() <= secret_length || named[secret_length] != ':') return std::nullopt;
  auto kept = files.find(owner_of(agent, citizen), named.substr(0, secret_length), now);
  if (!kept) return std::nullopt;
  return SentFile{std::move(*kept), ports::clean_file_name(named.substr(secret_length + 1))};
}

void show_file(const SentFile& file, machine::Shown& shown) {
  const bool picture = file.kept.kind == value::MediaKind::image;
  shown.kind = picture ? machine::Shown::Kind::image : machine::Shown::Kind::document;
  shown.url = file.kept.reference;
  shown.label = file.name;
}

}  // namespace alur::adapters

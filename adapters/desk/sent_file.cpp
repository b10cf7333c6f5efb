#include "adapters/desk/sent_file.hpp"

#include "adapters/desk/secret.hpp"

namespace alur::adapters {

namespace {

std::string upload_of(desk::AgentId agent, std::string_view secret) {
  return std::to_string(agent) + ":" + std::string(secret);
}

}  // namespace

// So that what is brought in a day is bounded for each conversation, whoever serves it.
std::string owner_of_sent(desk::Citizen citizen) {
  return "desk:" + std::to_string(citizen);
}

ports::FileResult<std::string> keep_sent_file(ports::Files& files, std::string_view content,
                                              std::string_view name, desk::AgentId agent,
                                              desk::Citizen citizen, value::Instant now) {
  if (content.empty()) return ports::FileFault::not_taken;
  const std::string id = make_secret();
  auto intake = files.begin(owner_of_sent(citizen), upload_of(agent, id), content.size(), now);
  if (!intake) return intake.error();
  if (const auto taken = (*intake)->take(content); !taken) return taken.error();
  if (const auto kept = (*intake)->finish(); !kept) return kept.error();
  return id + ":" + ports::clean_file_name(name);
}

std::optional<SentFile> find_sent_file(ports::Files& files, std::string_view named,
                                       desk::AgentId agent, desk::Citizen citizen,
                                       value::Instant now) {
  if (named.size() <= secret_length || named[secret_length] != ':') return std::nullopt;
  const std::string upload = upload_of(agent, named.substr(0, secret_length));
  auto kept = files.find(owner_of_sent(citizen), upload, now);
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

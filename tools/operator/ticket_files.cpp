#include "tools/operator/ticket_files.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace alur::tools {

namespace fs = std::filesystem;

using adapters::FileShelf;
using adapters::FileState;
using adapters::ShelvedFile;
using adapters::Ticket;
using adapters::TicketField;

namespace {

std::string_view to_text(FileState state) {
  switch (state) {
    case FileState::whole:
      return "as it came";
    case FileState::changed:
      return "has CHANGED since it came";
    case FileState::awaited:
      return "has still to be fetched";
    case FileState::missing:
      break;
  }
  return "is not there";
}

// A ticket of a lost file has no reference any more.
std::optional<ShelvedFile> shelved_at(const TicketField& field, const FileShelf& shelf) {
  return is_file(field.value) ? shelf.find(field.value.media().source) : std::nullopt;
}

}  // namespace

bool is_file(const value::Value& value) {
  if (!value.is(value::Kind::media)) return false;
  const value::Media& media = value.media();
  return ports::parse_reference(media.source).has_value() ||
         (media.source.empty() && media.size_bytes > 0);
}

std::string show_file(const value::Media& media, const FileShelf& shelf) {
  const auto found = shelf.look_at(media.source);
  const bool there = found && !found->path.empty();
  std::string out = media.mime;
  // A message of WhatsApp's does not say how large its file is.
  const std::uint64_t size_bytes =
      media.size_bytes > 0 || !there ? media.size_bytes : found->size_bytes;
  if (size_bytes > 0) out += fmt::format(", {} bytes", size_bytes);
  if (!media.file_name.empty()) out += ", " + media.file_name;
  if (!there) {
    return fmt::format("{}\n    {}", out, to_text(found ? found->state : FileState::missing));
  }
  return fmt::format("{}\n    {}\n    sha256 {}, {}", out, found->path, found->digest,
                     to_text(found->state));
}

std::string copy_name(const Ticket& ticket, const TicketField& field, const FileShelf& shelf) {
  const auto found = shelved_at(field, shelf);
  if (!found || found->path.empty()) return {};
  return fmt::format("{}-{}.{}", ticket.number, field.name, found->ending);
}

void copy_files(const Ticket& ticket, const FileShelf& shelf, const std::string& folder,
                std::vector<std::string>& faults) {
  for (const TicketField& field : ticket.fields) {
    if (!is_file(field.value)) continue;
    const auto found = shelf.look_at(field.value.media().source);
    const FileState state = found ? found->state : FileState::missing;
    if (state != FileState::whole) {
      faults.push_back(
          fmt::format("{}: {}: the file {}", ticket.number, field.name, to_text(state)));
    }
    if (!found || found->path.empty()) continue;
    const std::string to = folder + "/" + copy_name(ticket, field, shelf);
    std::error_code error;
    fs::copy_file(found->path, to, fs::copy_options::skip_existing, error);
    if (error) faults.push_back(fmt::format("{}: {}", to, error.message()));
  }
}

}  // namespace alur::tools

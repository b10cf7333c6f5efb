#include "adapters/desk/desk_lines.hpp"

#include <boost/json.hpp>

#include "adapters/desk/shown.hpp"
#include "adapters/desk/wish.hpp"
#include "engine/ports/files.hpp"

namespace alur::adapters {

namespace json = boost::json;
using runtime::DeskMark;
using runtime::Line;

namespace {

constexpr std::size_t preview_bytes_max = 160;

json::object to_json(const value::Media& media, desk::Citizen citizen, const Line& line) {
  return {{"name", ports::clean_file_name(media.file_name)},
          {"mime", media.mime},
          {"size", media.size_bytes},
          {"href", file_href(citizen, line)},
          {"picture", media.kind == value::MediaKind::image}};
}

void put(json::object& out, std::string_view name, const std::string& text) {
  if (!text.empty()) out[name] = text;
}

void put_mark(json::object& out, const DeskMark& mark, const DeskNames& names) {
  out["mark"] = to_text(mark.kind);
  if (mark.by != 0) put(out, "by", names.agent(mark.by));
  if (mark.to != 0) put(out, "to", names.agent(mark.to));
  if (mark.queue != 0) put(out, "queue", names.queue(mark.queue));
  if (mark.code != 0) put(out, "code", names.code(mark.code));
  put(out, "note", mark.note);
}

json::object to_json(const runtime::PastHandoff& past, const DeskNames& names) {
  json::object out{{"from", past.from.milliseconds},
                   {"until", past.until.milliseconds},
                   {"outcome", to_text(past.outcome)}};
  if (past.code != 0) put(out, "code", names.code(past.code));
  return out;
}

json::object to_json(const PanelTicket& ticket) {
  json::object out{{"number", ticket.number},
                   {"stage", ticket.stage},
                   {"opened", ticket.opened.milliseconds},
                   {"kind", ticket.kind}};
  if (ticket.due) out["due"] = ticket.due->milliseconds;
  return out;
}

// Null where it is not for these eyes.
json::value shown_value(const std::string& text, bool is_private, bool cleared) {
  if (is_private && !cleared) return nullptr;
  return json::value(text);
}

}  // namespace

std::string file_href(desk::Citizen citizen, const Line& line) {
  return "/api/files/" + to_citizen_text(citizen) + "/" + std::to_string(line.line);
}

std::string line_preview(const Line& line) {
  if (line.text.empty() && line.media) return cut_text(line.media->file_name, preview_bytes_max);
  return cut_text(line.text, preview_bytes_max);
}

std::string to_json_text(const Line& line, desk::Citizen citizen, const DeskNames& names,
                         const std::optional<LineDelivery>& delivery) {
  json::object out{{"line", line.line},
                   {"at", line.at.milliseconds},
                   {"from", to_text(line.from)},
                   {"text", line.text}};
  put(out, "by", line.by);
  put(out, "key", line.key);
  if (!line.options.empty()) {
    out["options"] = json::array(line.options.begin(), line.options.end());
  }
  if (line.media) out["file"] = to_json(*line.media, citizen, line);
  if (line.epoch != 0) out["epoch"] = std::to_string(line.epoch);
  if (line.reply_to != 0) out["reply_to"] = line.reply_to;
  if (line.mark) put_mark(out, *line.mark, names);
  if (delivery) {
    out["delivery"] = ports::to_text(delivery->state);
    put(out, "reason", delivery->reason);
  }
  return json::serialize(out);
}

std::string to_json_text(const Panel& panel, const DeskNames& names) {
  json::array fields;
  for (const auto& field : panel.matter.fields) {
    fields.push_back(json::object{
        {"name", field.name}, {"value", shown_value(field.text, field.is_private, panel.cleared)}});
  }
  json::array learned;
  for (const runtime::Learned& one : panel.learned) {
    learned.push_back(json::object{
        {"name", one.name}, {"value", shown_value(one.text, one.is_private, panel.cleared)}});
  }
  json::array answers;
  for (const runtime::Answer& one : panel.answers) {
    answers.push_back(
        json::object{{"at", one.at.milliseconds},
                     {"service", one.service},
                     {"outcome", one.outcome},
                     {"value", shown_value(one.text, one.is_private, panel.cleared)}});
  }
  json::array tickets;
  for (const PanelTicket& ticket : panel.tickets) tickets.push_back(to_json(ticket));
  json::array earlier;
  for (const runtime::PastHandoff& one : panel.earlier) {
    earlier.push_back(to_json(one, names));
  }
  const bool withheld = panel.matter.summary_is_private && !panel.cleared;
  return json::serialize(json::object{{"summary", withheld ? std::string() : panel.matter.summary},
                                      {"fields", std::move(fields)},
                                      {"learned", std::move(learned)},
                                      {"answers", std::move(answers)},
                                      {"tickets", std::move(tickets)},
                                      {"earlier", std::move(earlier)}});
}

}  // namespace alur::adapters

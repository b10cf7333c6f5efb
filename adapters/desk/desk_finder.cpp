#include "adapters/desk/desk_finder.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "adapters/desk/ask_thread.hpp"
#include "adapters/desk/desk_audit.hpp"

namespace alur::adapters {

namespace json = boost::json;

namespace {

constexpr std::size_t conversations_of_go = 2'000;

// Of a file that was sent without words its name.
std::string words_shown(const runtime::Line& line, const SoughtWords& words) {
  if (line.mark && !line.mark->note.empty()) return words.excerpt_of(line.mark->note);
  const bool in_text = words.found_in(folded_words(line.text)) != 0;
  if (!in_text && line.media) return words.excerpt_of(line.media->file_name);
  return words.excerpt_of(line.text);
}

std::string to_json_text(const runtime::Line& line, const SoughtWords& words) {
  json::object out{{"line", line.line},
                   {"at", line.at.milliseconds},
                   {"from", to_text(line.from)},
                   {"text", words_shown(line, words)}};
  if (!line.by.empty()) out["by"] = line.by;
  return json::serialize(out);
}

std::string to_json_text(const DeskFloor::FoundField& field) {
  return json::serialize(json::object{{"field", field.name}, {"text", field.text}});
}

}  // namespace

// In goes, so that what others want of the shelf's thread is done between them.
bool DeskFinder::look(const std::vector<Searched>& searched, const SoughtWords& words,
                      bool has_text, Found& found) {
  DeskWords::Looked looked;
  looked.rows_left = journal_rows_max;
  const std::size_t found_max = has_text ? page_rows_with_words : page_rows;
  if (words.none()) {
    for (; looked.next < searched.size() && looked.found.size() < found_max; ++looked.next) {
      if (!has_text || searched[looked.next].is_it) looked.found.push_back({looked.next, 0});
    }
  }
  while (!words.none() && looked.next < searched.size() && looked.found.size() < found_max) {
    const bool read = ask_thread(threads_.shelf, [&] {
      return floor_.words().go_on(searched, words, conversations_of_go, found_max, looked);
    });
    if (!read) return false;
  }
  for (const DeskWords::Found& one : looked.found) {
    found.hits.push_back({searched[one.at].place.citizen, one.line, {}, {}});
  }
  found.unread = looked.unread;
  found.cut = looked.cut;
  const bool is_more = looked.next < searched.size() && !looked.found.empty();
  if (is_more) found.more = to_text(searched[looked.found.back().at].place);
  return true;
}

void DeskFinder::read_excerpts(const SoughtWords& words, Found& found) {
  const auto has_line = [](const Hit& hit) { return hit.line != 0; };
  if (std::none_of(found.hits.begin(), found.hits.end(), has_line)) return;
  ask_thread(threads_.shelf, [&] {
    for (Hit& hit : found.hits) {
      const auto line = has_line(hit) ? shelf_.line(hit.citizen, hit.line) : std::nullopt;
      if (line) hit.excerpt = to_json_text(*line, words);
    }
    return true;
  });
}

// What this account may see by now: it may have been handed on while its words were read.
void DeskFinder::read_rows(const ports::Account& who, const SoughtWords& words, Found& found) {
  ask_thread(threads_.loop, [&] {
    for (Hit& hit : found.hits) {
      if (!floor_.may_look(who, hit.citizen)) continue;
      hit.row = floor_.row_text(hit.citizen);
      if (hit.line != 0 || words.none()) continue;
      const auto field = floor_.found_field(hit.citizen, words);
      if (field) hit.excerpt = to_json_text(*field);
    }
    return true;
  });
  std::erase_if(found.hits, [](const Hit& hit) { return hit.row.empty(); });
}

// Whose words are shown, but not for which words: those may be private.
bool DeskFinder::note(const ports::Account& who, const Found& found) {
  std::vector<ports::StaffChange> group;
  for (const Hit& hit : found.hits) {
    if (hit.excerpt.empty()) continue;
    group.push_back(to_note(parts_.clock->now(), who.name, Action::search, hit.citizen,
                            "was shown an excerpt"));
  }
  return group.empty() || parts_.staff->commit(group).has_value();
}

DeskFinder::Answer DeskFinder::find(const ports::Account& who, const DeskFloor::Search& search) {
  const SoughtWords words(search.text);
  if (!words.are_few()) return {"too_long", {}};
  const bool has_text = !search.text.empty();
  std::optional<TicketOwner> owner;
  if (has_text && parts_.find_ticket_owner) {
    owner = ask_thread(threads_.shelf, [&] { return parts_.find_ticket_owner(search.text); });
  }
  auto searched = ask_thread(threads_.loop, [&]() -> std::optional<std::vector<Searched>> {
    if (!floor_.may_search(who)) return std::nullopt;
    return floor_.searched(who, search, owner);
  });
  if (!searched) return {"too_many", {}};
  std::sort(searched->begin(), searched->end(),
            [](const Searched& a, const Searched& b) { return a.place < b.place; });
  Found found;
  if (!look(*searched, words, has_text, found)) return {"unavailable", {}};
  read_excerpts(words, found);
  read_rows(who, words, found);
  if (!note(who, found)) return {"unavailable", {}};
  std::string rows;
  std::string excerpts;
  for (const Hit& hit : found.hits) {
    rows += (rows.empty() ? "" : ",") + hit.row;
    if (hit.excerpt.empty()) continue;
    excerpts +=
        (excerpts.empty() ? "\"" : ",\"") + to_citizen_text(hit.citizen) + "\":" + hit.excerpt;
  }
  std::string body = R"({"rows":[)" + rows + R"(],"excerpts":{)" + excerpts + "}";
  if (found.unread > 0) body += R"(,"unread":)" + std::to_string(found.unread);
  if (found.cut > 0) body += R"(,"cut":)" + std::to_string(found.cut);
  if (!found.more.empty()) body += R"(,"more":)" + quoted(found.more);
  return {{}, body + "}"};
}

}  // namespace alur::adapters

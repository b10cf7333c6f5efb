// Transcript: what was said and done in a conversation, read from its journal for people: the
// citizen's words, the bot's as they were shown, those of agents, their notes, and what the desk
// did. And what the bot knows by now.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/machine/session.hpp"
#include "engine/ports/store.hpp"
#include "engine/runtime/desk_mark.hpp"

namespace alur::runtime {

struct Line {
  enum class From : std::uint8_t { citizen, bot, agent, note, mark };
  // Names it within the store, and grows: of a conversation, the later line has the larger one.
  // Never above 2^53.
  std::uint64_t line = 0;
  value::Instant at;
  From from = From::citizen;
  machine::Input::Kind input = machine::Input::Kind::text;  // of a citizen's
  std::string text;                                         // words, or a caption
  std::vector<std::string> options;                         // of a bot's: what could be tapped
  std::shared_ptr<const value::Media> media;                // null: none
  desk::AgentId agent = 0;                                  // of an agent's line or note
  std::string by;              // their name, as it was then; of a mark: of DeskMark::by
  std::string key;             // of an agent's line or note: AgentSays::key
  std::uint64_t message = 0;   // as StoreReader::message() knows it; 0: it was not sent
  desk::Epoch epoch = 0;       // of an agent's
  std::uint64_t reply_to = 0;  // of an agent's: the citizen's line that it answers; 0: none
  std::optional<DeskMark> mark;
};
std::string_view to_text(Line::From from);

// The line of a row's n-th.
std::uint64_t line_of(std::uint64_t sequence, std::size_t n);
inline constexpr std::size_t lines_of_row_max = 1'024;

// What a row says; nothing for one whose words are gone.
std::vector<Line> lines_of(const ports::JournalRow& row);

struct TranscriptPage {
  std::vector<Line> lines;  // in order
  bool more = false;        // there are earlier ones: before lines.front(), or `before` if none
  std::uint64_t before = 0;
};
// The lines before this one, or the latest where it is 0, of at most `rows_max` rows.
ports::Result<TranscriptPage> read_transcript(ports::StoreReader& reader, ports::CitizenKey citizen,
                                              std::uint64_t before, std::size_t rows_max);

// What the bot knows: variables that are set, of the contact, the conversation and the flows under
// way.
struct Learned {
  std::string name;
  std::string flow;  // empty: the contact's or the conversation's
  std::string text;  // as the citizen would read it
  bool is_private = false;
};
std::vector<Learned> learned(const program::Program& program, const machine::Session& session);

// What a service was asked and answered.
struct Answer {
  value::Instant at;
  std::string service;
  std::string outcome;
  std::string text;  // what came with it, as plain words; empty: nothing
  bool is_private = false;
};
// Of the same rows as read_transcript(), in order. `program` gives a version's; null: it is gone,
// and so are the names that its answers have.
using ProgramOf = std::function<std::shared_ptr<const program::Program>(std::uint32_t version)>;
ports::Result<std::vector<Answer>> read_answers(ports::StoreReader& reader,
                                                ports::CitizenKey citizen, std::size_t rows_max,
                                                const ProgramOf& program);

}  // namespace alur::runtime

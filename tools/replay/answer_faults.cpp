#include "tools/replay/answer_faults.hpp"

#include <algorithm>

namespace alur::tools {

using dsl::Expectation;
using dsl::ExpectedMessage;
using dsl::LineRange;
using dsl::Lines;
using Kind = Expectation::Kind;

namespace {

const Expectation& expectation_of(const dsl::ChatLine& line) {
  return std::get<Expectation>(line.what);
}

// The place in `lines`, which hold a text in the form of a chat, of a byte of the text.
LineMark mark_in(const Lines& lines, std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, byte);
  const auto line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  const std::size_t column = line == 0 ? byte : byte - before.rfind('\n') - 1;
  if (line >= lines.size()) return {lines.size() - 1, lines.back().size()};
  const std::string_view shown = lines[line];
  const bool escaped = shown.size() > 2 && shown[2] == '\\';
  return {line, std::min(shown.size(), column + (escaped ? 3 : 2))};
}

class AnswerFaults {
 public:
  AnswerFaults(const RefusedAnswer& answer, Captures& captures, ChatResult& result)
      : answer_(answer), captures_(captures), result_(result), insert_at_(answer.after_line) {}

  void explain() {
    Expectations expected;
    for (const dsl::ChatLine* line : answer_.expected) expected.push_back(&expectation_of(*line));
    const std::size_t before = result_.failures.size();
    for (const Pairing& pairing : align_answer(expected, answer_.said, captures_)) {
      explain_pairing(pairing);
    }
    if (result_.failures.size() == before) explain_captures();
  }

 private:
  void explain_pairing(const Pairing& pairing) {
    if (pairing.expectation == Pairing::none) return explain_surplus(pairing.begin);
    const dsl::ChatLine& line = *answer_.expected[pairing.expectation];
    const Expectation& expectation = expectation_of(line);
    if (expectation.kind == Kind::not_said) {
      if (!pairing.same) explain_denied(line, pairing.begin);
      return;
    }
    insert_at_ = line.lines.end;
    if (pairing.same) return bind(expectation, pairing);
    if (expectation.kind == Kind::nothing) return explain_nothing(line);
    if (pairing.begin == pairing.end) return explain_missing(line);
    if (expectation.kind == Kind::message || expectation.kind == Kind::maybe) {
      return explain_message(line, answer_.said[pairing.begin]);
    }
    explain_group(line, pairing);
  }

  void bind(const Expectation& expectation, const Pairing& pairing) {
    for (std::size_t s = pairing.begin; s < pairing.end; ++s) {
      for (const ExpectedMessage& expected : expectation.messages) {
        Captures tried = captures_;
        if (judge(expected, answer_.said[s], tried) != Verdict::same) continue;
        captures_ = std::move(tried);
        break;
      }
    }
  }

  ChatFailure& add(std::uint32_t line, std::string what) {
    ChatFailure& failure = result_.failures.emplace_back();
    failure.line = line;
    failure.what = std::move(what);
    return failure;
  }

  void edit(LineRange lines, Lines instead) {
    result_.edits.push_back({lines, std::move(instead)});
  }

  std::string spoken_at(const Spoken& spoken) const {
    return place_text(answer_.conversation.program(), spoken.source->unit, spoken.source->place);
  }

  Lines written(LineRange range) const { return source_lines(answer_.source, range); }

  // --- one message, and it is another

  void explain_message(const dsl::ChatLine& line, const Spoken& spoken) {
    const ExpectedMessage& expected = expectation_of(line).messages.front();
    Captures tried = captures_;
    MatchProgress progress;
    const Verdict verdict = judge(expected, spoken, tried, &progress);
    if (verdict == Verdict::other_text) return explain_text(expected, spoken, progress);
    const bool choices = verdict == Verdict::other_choices;
    ChatFailure& failure =
        add(expected.note_lines.first,
            choices ? "the bot gave other choices" : "the bot sent other attachments");
    failure.expected = written(expected.note_lines);
    failure.got = dsl::print_expected_notes(asserted(expected, spoken, verdict));
    failure.place = spoken_at(spoken);
    edit(expected.note_lines, failure.got);
  }

  // What the message has of the things that the chat speaks of.
  static dsl::PlainMessage asserted(const ExpectedMessage& expected, const Spoken& spoken,
                                    Verdict verdict) {
    dsl::PlainMessage plain;
    if (expected.has_choices || verdict == Verdict::other_choices) {
      plain.choices = spoken.plain.choices;
    }
    if (!expected.attachments.empty()) plain.attachments = spoken.plain.attachments;
    return plain;
  }

  void explain_text(const ExpectedMessage& expected, const Spoken& spoken,
                    const MatchProgress& progress) {
    ChatFailure& failure = add(expected.text_lines.first, "the bot said something else");
    failure.expected = written(expected.text_lines);
    failure.got = dsl::print_expected_text(spoken.plain.text);
    failure.place = spoken_at(spoken);
    if (!expected.is_pattern) {
      failure.expected_mark = expected_mark(expected, progress);
      failure.got_mark = mark_in(failure.got, spoken.plain.text, progress.text_bytes);
    }
    edit(expected.text_lines, failure.got);
    edit_notes(expected, spoken);
  }

  // Notes that agree stay as they are written.
  void edit_notes(const ExpectedMessage& expected, const Spoken& spoken) {
    ExpectedMessage notes = expected;
    notes.is_pattern = false;
    notes.text.pieces = {{dsl::ChatText::Piece::Kind::anything, {}, {}}};
    Captures tried = captures_;
    const Verdict verdict = judge(notes, spoken, tried);
    if (verdict == Verdict::same) return;
    edit(expected.note_lines, dsl::print_expected_notes(asserted(expected, spoken, verdict)));
  }

  // Where in the chat's lines the piece begins that does not fit, or the part of it that does not.
  std::optional<LineMark> expected_mark(const ExpectedMessage& expected,
                                        const MatchProgress& progress) const {
    const std::vector<dsl::ChatText::Piece>& pieces = expected.text.pieces;
    const Lines lines = written(expected.text_lines);
    if (progress.piece >= pieces.size()) return LineMark{lines.size() - 1, lines.back().size()};
    const dsl::ChatText::Piece& piece = pieces[progress.piece];
    const std::uint32_t line = answer_.source.line_of(piece.span.begin);
    LineMark mark{line - expected.text_lines.first,
                  piece.span.begin - answer_.source.line_start(line)};
    const std::string_view fitted = std::string_view(piece.text).substr(0, progress.piece_bytes);
    const auto breaks = static_cast<std::size_t>(std::count(fitted.begin(), fitted.end(), '\n'));
    if (breaks == 0) {
      mark.byte += fitted.size();
    } else {
      const std::size_t column = fitted.size() - fitted.rfind('\n') - 1;
      mark.line += breaks;
      const bool escaped = mark.line < lines.size() && lines[mark.line].starts_with("  \\");
      mark.byte = column + (escaped ? 3 : 2);
    }
    if (mark.line >= lines.size()) return std::nullopt;
    mark.byte = std::min(mark.byte, lines[mark.line].size());
    return mark;
  }

  // --- several, none, too many

  void explain_group(const dsl::ChatLine& line, const Pairing& pairing) {
    const bool any_of = expectation_of(line).kind == Kind::any_of;
    ChatFailure& failure = add(line.lines.first, any_of ? "the bot said none of these"
                                                        : "the bot did not say all of these");
    failure.expected = written(line.lines);
    for (std::size_t s = pairing.begin; s < pairing.end; ++s) {
      for (std::string& got : dsl::print_expected(answer_.said[s].plain)) {
        failure.got.push_back(std::move(got));
      }
    }
    failure.place = spoken_at(answer_.said[pairing.begin]);
    edit(line.lines, failure.got);
  }

  void explain_missing(const dsl::ChatLine& line) {
    ChatFailure& failure = add(line.lines.first, "the bot did not say this");
    failure.expected = written(line.lines);
    failure.place = state_place(answer_.conversation);
    edit(line.lines, {});
  }

  void explain_nothing(const dsl::ChatLine& line) { edit(line.lines, {}); }

  void explain_surplus(std::size_t s) {
    const Spoken& spoken = answer_.said[s];
    ChatFailure& failure = add(insert_at_ - 1, "the bot said this as well");
    failure.got = dsl::print_expected(spoken.plain);
    failure.place = spoken_at(spoken);
    edit({insert_at_, insert_at_}, failure.got);
  }

  void explain_denied(const dsl::ChatLine& line, std::size_t s) {
    ChatFailure& failure = add(line.lines.first, "the bot said what it must not say");
    failure.expected = written(line.lines);
    failure.got = dsl::print_expected(answer_.said[s].plain);
    failure.place = spoken_at(answer_.said[s]);
    result_.mendable = false;
  }

  // Each message agrees by itself, and still the captures do not agree with one another.
  void explain_captures() {
    const dsl::ChatLine& line = *answer_.expected.front();
    ChatFailure& failure =
        add(line.lines.first, "the captures of this answer contradict themselves");
    failure.expected = written(line.lines);
    result_.mendable = false;
  }

  const RefusedAnswer& answer_;
  Captures& captures_;
  ChatResult& result_;
  std::uint32_t insert_at_;
};

}  // namespace

void explain_answer(const RefusedAnswer& answer, Captures& captures, ChatResult& result) {
  AnswerFaults(answer, captures, result).explain();
}

std::string place_text(const program::Program& program, Index unit, program::Place place) {
  if (place.line == 0) return {};
  return program.unit(unit).path + ":" + std::to_string(place.line);
}

std::string state_place(const Conversation& conversation) {
  const UnitPlace state = conversation.state();
  if (state.unit == program::none) return {};
  const program::Program& program = conversation.program();
  return place_text(program, state.unit, program.unit(state.unit).states[state.index].place);
}

Lines source_lines(const dsl::SourceFile& source, LineRange range) {
  Lines lines;
  for (std::uint32_t line = range.first; line < range.end && line <= source.line_count(); ++line) {
    lines.emplace_back(source.line_text(line));
  }
  return lines;
}

}  // namespace alur::tools

#include "tools/replay/match_answer.hpp"

#include <algorithm>
#include <limits>

#include "engine/value/text.hpp"

namespace alur::tools {

using dsl::ChatText;
using dsl::Expectation;
using dsl::ExpectedAttachment;
using dsl::ExpectedMessage;
using Kind = Expectation::Kind;

namespace {

std::string label_of(std::string_view label) {
  return value::to_nfc(value::trimmed(label));
}

// Labels in order; a lone `...` stands for any number of them.
bool match_choices(const std::vector<ChatText>& expected, std::size_t e,
                   const std::vector<std::string>& labels, std::size_t l, Captures& captures) {
  if (e == expected.size()) return l == labels.size();
  if (expected[e].is_anything()) {
    for (std::size_t next = l; next <= labels.size(); ++next) {
      if (match_choices(expected, e + 1, labels, next, captures)) return true;
    }
    return false;
  }
  if (l == labels.size()) return false;
  Captures tried = captures;
  if (!match_text(expected[e], label_of(labels[l]), tried)) return false;
  if (!match_choices(expected, e + 1, labels, l + 1, tried)) return false;
  captures = std::move(tried);
  return true;
}

bool match_attachment(const ExpectedAttachment& expected, const dsl::PlainAttachment& found,
                      Captures& captures) {
  if (expected.kind != found.kind) return false;
  const bool label =
      expected.label.pieces.empty() || match_text(expected.label, label_of(found.label), captures);
  return label && (expected.url.pieces.empty() || match_text(expected.url, found.url, captures));
}

bool match_attachments(const std::vector<ExpectedAttachment>& expected,
                       const std::vector<dsl::PlainAttachment>& found, Captures& captures) {
  if (expected.empty()) return true;
  if (expected.size() != found.size()) return false;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (!match_attachment(expected[i], found[i], captures)) return false;
  }
  return true;
}

bool takes_messages(Kind kind) {
  return kind != Kind::not_said;
}

bool says(const ExpectedMessage& expected, const Spoken& spoken, Captures& captures) {
  Captures tried = captures;
  if (judge(expected, spoken, tried) != Verdict::same) return false;
  captures = std::move(tried);
  return true;
}

bool is_one_of(const Expectation& expectation, const Spoken& spoken, Captures& captures) {
  return std::any_of(expectation.messages.begin(), expectation.messages.end(),
                     [&](const ExpectedMessage& one) { return says(one, spoken, captures); });
}

// Each of the messages taken by another of the expected ones.
bool is_permutation(const Expectation& expectation, std::span<const Spoken> said,
                    std::vector<bool>& used, Captures& captures) {
  if (said.empty()) return true;
  for (std::size_t i = 0; i < expectation.messages.size(); ++i) {
    Captures tried = captures;
    if (used[i] || !says(expectation.messages[i], said.front(), tried)) continue;
    used[i] = true;
    if (is_permutation(expectation, said.subspan(1), used, tried)) {
      captures = std::move(tried);
      return true;
    }
    used[i] = false;
  }
  return false;
}

bool is_permutation(const Expectation& expectation, std::span<const Spoken> said,
                    Captures& captures) {
  if (said.size() != expectation.messages.size()) return false;
  std::vector<bool> used(said.size());
  return is_permutation(expectation, said, used, captures);
}

class SequenceMatcher {
 public:
  SequenceMatcher(const Expectations& expected, std::span<const Spoken> said)
      : expected_(expected), said_(said) {}

  bool match(std::size_t e, std::size_t s, Captures& captures) {
    if (e == expected_.size()) return s == said_.size();
    const Expectation& next = *expected_[e];
    switch (next.kind) {
      case Kind::not_said:
        return match(e + 1, s, captures);
      case Kind::nothing:
        return said_.empty() && match(e + 1, s, captures);
      case Kind::anything:
        return match_any_number(e, s, captures);
      case Kind::in_any_order:
        return match_group(e, s, captures);
      case Kind::maybe:
        return match_one(e, s, captures) || match(e + 1, s, captures);
      case Kind::message:
      case Kind::any_of:
        return match_one(e, s, captures);
    }
    return false;
  }

 private:
  bool match_any_number(std::size_t e, std::size_t s, Captures& captures) {
    for (std::size_t next = s; next <= said_.size(); ++next) {
      if (match(e + 1, next, captures)) return true;
    }
    return false;
  }

  bool match_one(std::size_t e, std::size_t s, Captures& captures) {
    Captures tried = captures;
    if (s == said_.size() || !is_one_of(*expected_[e], said_[s], tried)) return false;
    if (!match(e + 1, s + 1, tried)) return false;
    captures = std::move(tried);
    return true;
  }

  bool match_group(std::size_t e, std::size_t s, Captures& captures) {
    const std::size_t size = expected_[e]->messages.size();
    if (said_.size() - s < size) return false;
    Captures tried = captures;
    if (!is_permutation(*expected_[e], said_.subspan(s, size), tried)) return false;
    if (!match(e + 1, s + size, tried)) return false;
    captures = std::move(tried);
    return true;
  }

  const Expectations& expected_;
  std::span<const Spoken> said_;
};

bool violates(const Expectation& denied, const Spoken& spoken, const Captures& captures) {
  Captures tried = captures;
  return is_one_of(denied, spoken, tried);
}

bool is_quiet(const Expectations& expected) {
  return std::none_of(expected.begin(), expected.end(),
                      [](const Expectation* one) { return takes_messages(one->kind); });
}

// The cheapest way to lay expectations and messages side by side.
class Aligner {
 public:
  Aligner(const Expectations& expected, std::span<const Spoken> said, const Captures& captures)
      : expected_(expected), said_(said), captures_(captures), width_(said.size() + 1) {
    cells_.resize((expected.size() + 1) * width_);
  }

  std::vector<Pairing> align() {
    for (std::size_t e = 0; e <= expected_.size(); ++e) {
      for (std::size_t s = 0; s < width_; ++s) fill(e, s);
    }
    std::vector<Pairing> pairings;
    std::size_t e = expected_.size();
    std::size_t s = said_.size();
    while (e > 0 || s > 0) {
      const Pairing step = cell(e, s).step;
      if (step.expectation != Pairing::none) --e;
      s = step.begin;
      pairings.push_back(step);
    }
    std::reverse(pairings.begin(), pairings.end());
    return pairings;
  }

 private:
  // What agrees stays together even where that leaves one missing here and one too many there; two
  // that do not agree stand beside each other rather than one missing and one that `...` takes.
  static constexpr int cost_other = 3;
  static constexpr int cost_missing = 2;
  static constexpr int cost_taken = 2;  // by a `...`

  struct Cell {
    int cost = std::numeric_limits<int>::max();
    Pairing step;
  };
  Cell& cell(std::size_t e, std::size_t s) { return cells_[e * width_ + s]; }

  void offer(std::size_t e, std::size_t s, int cost, Pairing step) {
    const std::size_t before = step.expectation == Pairing::none ? e : e - 1;
    const int total = cell(before, step.begin).cost + cost;
    Cell& kept = cell(e, s);
    if (total < kept.cost) kept = {total, step};
  }

  void fill(std::size_t e, std::size_t s) {
    if (e == 0 && s == 0) {
      cell(0, 0).cost = 0;
      return;
    }
    if (e > 0) fill_expected(e, s);
    if (s > 0) offer(e, s, cost_missing, {Pairing::none, s - 1, s, false});
  }

  void fill_expected(std::size_t e, std::size_t s) {
    const Expectation& last = *expected_[e - 1];
    if (last.kind == Kind::anything) {
      for (std::size_t begin = 0; begin <= s; ++begin) {
        offer(e, s, static_cast<int>(s - begin) * cost_taken, {e - 1, begin, s, true});
      }
      return;
    }
    const bool takes = last.kind != Kind::not_said && last.kind != Kind::nothing;
    if (takes) fill_pair(e, s, last);
    const bool optional = last.kind == Kind::maybe || !takes;
    offer(e, s, optional ? 0 : cost_missing, {e - 1, s, s, optional});
  }

  void fill_pair(std::size_t e, std::size_t s, const Expectation& last) {
    const std::size_t size = last.kind == Kind::in_any_order ? last.messages.size() : 1;
    if (s < size) return;
    Captures tried = captures_;
    const std::span<const Spoken> taken = said_.subspan(s - size, size);
    const bool same = last.kind == Kind::in_any_order ? is_permutation(last, taken, tried)
                                                      : is_one_of(last, taken.front(), tried);
    if (!same && last.kind == Kind::maybe) return;
    offer(e, s, same ? 0 : cost_other, {e - 1, s - size, s, same});
  }

  const Expectations& expected_;
  std::span<const Spoken> said_;
  const Captures& captures_;
  std::size_t width_;
  std::vector<Cell> cells_;
};

}  // namespace

Spoken to_spoken(const machine::Message& message) {
  Spoken spoken{{comparable(message.text), {}, {}}, &message};
  for (const machine::Choice& choice : message.choices)
    spoken.plain.choices.push_back(choice.label);
  if (!message.attachment) return spoken;
  using AttachmentKind = ExpectedAttachment::Kind;
  const machine::Attachment& attachment = *message.attachment;
  std::vector<dsl::PlainAttachment>& found = spoken.plain.attachments;
  if (!attachment.image.empty()) found.push_back({AttachmentKind::image, {}, attachment.image});
  if (!attachment.document.empty()) {
    found.push_back({AttachmentKind::document, {}, attachment.document});
  }
  if (attachment.location) found.push_back({AttachmentKind::location, {}, {}});
  if (!attachment.template_name.empty()) {
    found.push_back({AttachmentKind::template_name, {}, attachment.template_name});
  }
  if (!attachment.link_url.empty()) {
    found.push_back({AttachmentKind::link, attachment.link_label, attachment.link_url});
  }
  return spoken;
}

Verdict judge(const ExpectedMessage& expected, const Spoken& spoken, Captures& captures,
              MatchProgress* progress) {
  const bool text = expected.is_pattern
                        ? match_pattern(expected.pattern, spoken.plain.text, captures)
                        : match_text(expected.text, spoken.plain.text, captures, progress);
  if (!text) return Verdict::other_text;
  if (expected.has_choices &&
      !match_choices(expected.choices, 0, spoken.plain.choices, 0, captures)) {
    return Verdict::other_choices;
  }
  const bool attachments =
      match_attachments(expected.attachments, spoken.plain.attachments, captures);
  return attachments ? Verdict::same : Verdict::other_attachments;
}

bool match_answer(const Expectations& expected, std::span<const Spoken> said, Captures& captures) {
  Captures tried = captures;
  if (!is_quiet(expected) && !SequenceMatcher(expected, said).match(0, 0, tried)) return false;
  for (const Expectation* one : expected) {
    if (one->kind != Kind::not_said) continue;
    const bool violated = std::any_of(said.begin(), said.end(), [&](const Spoken& spoken) {
      return violates(*one, spoken, captures);
    });
    if (violated) return false;
  }
  captures = std::move(tried);
  return true;
}

std::vector<Pairing> align_answer(const Expectations& expected, std::span<const Spoken> said,
                                  const Captures& captures) {
  std::vector<Pairing> pairings;
  if (!is_quiet(expected)) pairings = Aligner(expected, said, captures).align();
  for (std::size_t e = 0; e < expected.size(); ++e) {
    if (expected[e]->kind == Kind::nothing && !said.empty()) {
      for (Pairing& pairing : pairings) pairing.same = pairing.same && pairing.expectation != e;
    }
    if (expected[e]->kind != Kind::not_said) continue;
    for (std::size_t s = 0; s < said.size(); ++s) {
      if (violates(*expected[e], said[s], captures)) pairings.push_back({e, s, s + 1, false});
    }
  }
  return pairings;
}

}  // namespace alur::tools

#include "engine/ports/channel.hpp"

#include <algorithm>
#include <utility>

#include "engine/value/text.hpp"

namespace alur::ports {
namespace {

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= inbound_name_bytes_max && value::is_valid_utf8(text);
}

bool is_words(std::string_view text) {
  return text.size() <= inbound_text_bytes_max && value::is_valid_utf8(text);
}

}  // namespace

bool is_fit(const Inbound& inbound) {
  if (!is_name(inbound.id) || !is_name(inbound.address)) return false;
  if (!is_words(inbound.input.text)) return false;
  if (!inbound.input.media) return true;
  const value::Media& media = *inbound.input.media;
  const std::string_view each[] = {media.source,  media.mime, media.file_name,
                                   media.caption, media.name, media.address};
  return std::all_of(std::begin(each), std::end(each), is_words);
}

SendResult result_of(SendResult::Kind kind, std::string reason, std::int64_t after_ms) {
  SendResult result;
  result.kind = kind;
  result.reason = std::move(reason);
  result.after_ms = after_ms;
  return result;
}

std::string_view to_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::accepted:
      return "accepted";
    case Verdict::duplicate:
      return "duplicate";
    case Verdict::overloaded:
      return "overloaded";
    case Verdict::unavailable:
      return "unavailable";
    case Verdict::refused:
      return "refused";
  }
  return "?";
}

std::string_view to_text(SendResult::Kind kind) {
  switch (kind) {
    case SendResult::Kind::accepted:
      return "accepted";
    case SendResult::Kind::retry:
      return "retry";
    case SendResult::Kind::wait_pair:
      return "wait_pair";
    case SendResult::Kind::wait_number:
      return "wait_number";
    case SendResult::Kind::wait_account:
      return "wait_account";
    case SendResult::Kind::dropped:
      return "dropped";
    case SendResult::Kind::paused:
      return "paused";
    case SendResult::Kind::unknown:
      return "unknown";
    case SendResult::Kind::hold:
      return "hold";
  }
  return "?";
}

}  // namespace alur::ports

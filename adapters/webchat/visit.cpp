#include "adapters/webchat/visit.hpp"

namespace alur::adapters {
namespace {

Visit::Step end_with(CloseCode code, std::string reason) {
  Visit::Step step;
  step.replies.push_back(encode_bye(reason));
  step.end = Visit::End{code, std::move(reason)};
  return step;
}

}  // namespace

Visit::Step Visit::take(std::string_view frame, bool is_text, std::int64_t now_ms) {
  if (!frames_.take(now_ms)) return end_with(CloseCode::policy, "too many frames");
  if (!is_text) return end_with(CloseCode::no_text, "frames are text here");
  std::string why;
  auto decoded = decode_frame(frame, why);
  if (!decoded) return end_with(CloseCode::policy, std::move(why));
  auto* hello = std::get_if<HelloFrame>(&*decoded);
  if (address_.empty() != (hello != nullptr)) {
    return end_with(CloseCode::policy, "one hello, first of all");
  }
  if (hello) return greet(*hello, now_ms);
  Step step;
  if (auto* said = std::get_if<SaidFrame>(&*decoded)) return hear(std::move(*said), now_ms);
  if (const auto* ack = std::get_if<AckFrame>(&*decoded)) {
    step.acknowledged = ack->last;
  } else {
    step.replies.push_back(encode_pong());
  }
  return step;
}

Visit::Step Visit::greet(const HelloFrame& hello, std::int64_t now_ms) {
  const std::int64_t now = now_ms / 1'000;
  auto token = tokens_->decode(hello.token, now);
  const bool fresh = !token;
  if (fresh) {
    token = tokens_->make_fresh(now);
  } else if (Tokens::wants_renewal(*token, now)) {
    token->issued_seconds = now;
  }
  address_ = channel_ + ":" + token->citizen;
  Step step;
  step.replies.push_back(encode_welcome(tokens_->encode(*token), fresh));
  step.attach = fresh ? 0 : hello.last;
  step.previews = hello.preview;
  return step;
}

Visit::Step Visit::hear(SaidFrame said, std::int64_t now_ms) {
  Step step;
  if (!messages_.take(now_ms)) {
    step.replies.push_back(encode_ack(said.id, ports::Verdict::overloaded));
    return step;
  }
  if (!said.upload.empty() && !take_file(said, now_ms)) {
    step.replies.push_back(encode_ack(said.id, ports::Verdict::refused));
    return step;
  }
  step.inbound = ports::Inbound{std::move(said.id), address_, std::move(said.input)};
  return step;
}

// What this citizen has brought, and nobody else.
bool Visit::take_file(SaidFrame& said, std::int64_t now_ms) const {
  const auto kept = files_ ? files_->find(address_, said.upload, {now_ms}) : std::nullopt;
  if (!kept) return false;
  value::Media media = ports::media_of(*kept, said.file_name);
  media.caption = said.input.text;
  said.input.kind = machine::Input::Kind::media;
  said.input.media = std::make_shared<const value::Media>(std::move(media));
  return true;
}

}  // namespace alur::adapters

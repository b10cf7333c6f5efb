#include "adapters/webchat/web_talk.hpp"

namespace alur::adapters {
namespace {

class ChatTalk : public WebTalk {
 public:
  ChatTalk(const SocketParts& parts, bool may_preview)
      : parts_(parts),
        may_preview_(may_preview),
        visit_(*parts.tokens, parts.channel->capabilities().name, parts.files) {}

  void begin(const std::shared_ptr<WebLine>& line) override { line_ = line; }
  bool is_greeted() const override { return !visit_.address().empty(); }
  std::string bye(std::string_view reason) const override { return encode_bye(reason); }
  Step take(std::string_view frame, bool is_text) override;
  void ended() override {
    if (is_greeted()) parts_.channel->detach(visit_.address(), address_of_line_);
  }

 private:
  void follow(Visit::Step& step);

  SocketParts parts_;
  bool may_preview_;
  Visit visit_;
  std::weak_ptr<WebLine> line_;
  const WebLine* address_of_line_ = nullptr;  // to be compared with, once it is attached
};

WebTalk::Step ChatTalk::take(std::string_view frame, bool is_text) {
  Visit::Step step = visit_.take(frame, is_text, parts_.clock->now().milliseconds);
  follow(step);
  return {std::move(step.replies), step.end.has_value(), step.end.value_or(LineEnd{})};
}

void ChatTalk::follow(Visit::Step& step) {
  const auto line = line_.lock();
  if (step.attach && line) {
    address_of_line_ = line.get();
    parts_.channel->attach(visit_.address(), *step.attach, line);
    if (step.previews && may_preview_) parts_.channel->show_preview(line);
  }
  if (step.acknowledged) parts_.channel->acknowledge(visit_.address(), *step.acknowledged);
  if (!step.inbound) return;
  // Whoever keeps this may be there for longer than our loop.
  auto done = [weak = line_, id = step.inbound->id](ports::Verdict verdict) {
    const auto to = weak.lock();
    if (to) to->push(std::make_shared<const std::string>(encode_ack(id, verdict)));
  };
  parts_.inbox->receive(std::move(*step.inbound), std::move(done));
}

}  // namespace

std::shared_ptr<WebTalk> make_talk(const SocketParts& parts, bool may_preview) {
  return std::make_shared<ChatTalk>(parts, may_preview);
}

}  // namespace alur::adapters

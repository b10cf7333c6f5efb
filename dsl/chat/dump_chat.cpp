#include "dsl/chat/dump_chat.hpp"

#include <fmt/format.h>

#include <string_view>

namespace alur::dsl {
namespace {

std::string_view name(Say::Kind kind) {
  switch (kind) {
    case Say::Kind::text:
      return "says";
    case Say::Kind::tap:
      return "taps";
    case Say::Kind::media:
      return "sends";
    case Say::Kind::reaction:
      return "reacts";
    case Say::Kind::edited:
      return "edits";
    case Say::Kind::deleted:
      return "deletes";
    case Say::Kind::unsupported:
      return "sends unsupported";
  }
  return "?";
}

std::string_view name(Expectation::Kind kind) {
  switch (kind) {
    case Expectation::Kind::message:
      return "message";
    case Expectation::Kind::maybe:
      return "maybe";
    case Expectation::Kind::any_of:
      return "any of";
    case Expectation::Kind::in_any_order:
      return "in any order";
    case Expectation::Kind::not_said:
      return "not";
    case Expectation::Kind::nothing:
      return "nothing";
    case Expectation::Kind::anything:
      return "anything";
  }
  return "?";
}

std::string_view name(ExpectedAttachment::Kind kind) {
  switch (kind) {
    case ExpectedAttachment::Kind::image:
      return "image";
    case ExpectedAttachment::Kind::document:
      return "document";
    case ExpectedAttachment::Kind::link:
      return "link";
    case ExpectedAttachment::Kind::location:
      return "location";
    case ExpectedAttachment::Kind::template_name:
      return "template";
  }
  return "?";
}

std::string_view name(AgentActs::Kind kind) {
  using Kind = AgentActs::Kind;
  switch (kind) {
    case Kind::comes_online:
      return "comes online";
    case Kind::is:
      return "is";
    case Kind::is_lost:
      return "is lost";
    case Kind::is_back:
      return "is back";
    case Kind::accepts:
      return "accepts";
    case Kind::declines:
      return "declines";
    case Kind::says:
      return "says";
    case Kind::sends_template:
      return "sends template";
    case Kind::transfers:
      return "transfers to";
    case Kind::returns:
      return "returns";
    case Kind::closes:
      return "closes as";
  }
  return "?";
}

std::string_view name(Assertion::Kind kind) {
  using Kind = Assertion::Kind;
  switch (kind) {
    case Kind::state:
      return "state";
    case Kind::flow:
      return "flow";
    case Kind::var_is:
      return "var";
    case Kind::set:
      return "set";
    case Kind::unset:
      return "unset";
    case Kind::queue:
      return "queue";
    case Kind::outcome:
      return "outcome";
    case Kind::ended:
      return "ended";
    case Kind::rests:
      return "rests";
    case Kind::timers:
      return "timers";
    case Kind::timer:
      return "timer";
    case Kind::tracked:
      return "tracked";
    case Kind::language:
      return "language";
    case Kind::owner:
      return "owner";
    case Kind::load:
      return "load";
    case Kind::position:
      return "position";
    case Kind::refused:
      return "refused";
  }
  return "?";
}

class Dump {
 public:
  std::string take() { return std::move(out_); }

  void chat(const Chat& chat) {
    out_ += fmt::format("chat \"{}\"", chat.title.text);
    if (!chat.channel.empty()) out_ += " channel " + chat.channel.text;
    if (!chat.language.empty()) out_ += " language " + chat.language.text;
    if (chat.clock) out_ += " clock " + value::to_string(*chat.clock);
    out_ += '\n';
    for (const ChatField& field : chat.contact) {
      out_ += fmt::format("contact {} = {}\n", field.name.text, dump_value(field.value));
    }
    for (const ChatLine& line : chat.lines) {
      out_ += fmt::format("{}: ", line.lines.first);
      std::visit([this](const auto& what) { this->line(what); }, line.what);
      out_ += '\n';
    }
  }

 private:
  void line(const Say& say) {
    out_ += name(say.kind);
    if (say.kind == Say::Kind::media) out_ += " " + std::string(to_text(say.media));
    if (!say.text.pieces.empty()) out_ += " " + dump_text(say.text);
  }

  void line(const Expectation& expectation) {
    out_ += name(expectation.kind);
    for (const ExpectedMessage& message : expectation.messages) {
      const bool several = expectation.kind == Expectation::Kind::any_of ||
                           expectation.kind == Expectation::Kind::in_any_order;
      out_ += several ? "\n  " : " ";
      this->message(message);
    }
  }

  void message(const ExpectedMessage& message) {
    out_ += message.is_pattern ? "/" + message.pattern + "/" : dump_text(message.text);
    for (const ChatText& label : message.choices) out_ += " [" + dump_text(label) + "]";
    for (const ExpectedAttachment& attachment : message.attachments) {
      out_ += fmt::format(" ({}", name(attachment.kind));
      for (const ChatText* part : {&attachment.label, &attachment.url}) {
        if (!part->pieces.empty()) out_ += " " + dump_text(*part);
      }
      out_ += ")";
    }
  }

  void line(const PassTime& pass) {
    out_ += pass.until ? "until " + value::to_string(pass.local)
                       : "after " + value::to_string(value::Duration{pass.milliseconds});
  }

  void line(const ServiceActs& acts) {
    const std::string_view outcome = acts.hangs   ? "never answers"
                                     : acts.works ? "works again"
                                                  : std::string_view(acts.outcome.text);
    out_ += fmt::format("service {} {}", acts.service.text, outcome);
    if (acts.value) out_ += " " + dump_value(*acts.value);
  }

  void line(const LanguageActs& acts) { out_ += "language " + acts.language.text; }

  void line(const HandoffActs& acts) { out_ += "handoff " + acts.outcome.text; }

  void line(const AgentActs& acts) {
    out_ += fmt::format("agent {} {}", acts.agent.text, name(acts.kind));
    if (!acts.object.empty()) out_ += " " + acts.object.text;
    for (const ast::Name& queue : acts.queues) out_ += " for " + queue.text;
    if (acts.units > 0) out_ += fmt::format(" with {} units", acts.units);
    if (acts.supervisor) out_ += " as supervisor";
    if (!acts.words.pieces.empty()) out_ += " " + dump_text(acts.words);
    if (!acts.note.empty()) out_ += fmt::format(" \"{}\"", acts.note);
  }

  void line(const OthersWait& others) {
    out_ += fmt::format("{} others wait in {}", others.count, others.queue.text);
  }

  void line(const Assertion& assertion) {
    out_ += fmt::format("assert {}", name(assertion.kind));
    if (!assertion.name.empty()) out_ += " " + assertion.name.text;
    if (assertion.value) out_ += " is " + dump_value(*assertion.value);
    const bool counts =
        assertion.kind == Assertion::Kind::timers || assertion.kind == Assertion::Kind::position;
    if (counts) out_ += fmt::format(" {}", assertion.count);
    if (assertion.kind == Assertion::Kind::timer) {
      out_ += " in " + value::to_string(value::Duration{assertion.milliseconds});
    }
  }

  std::string out_;
};

template <class Items, class Print>
std::string listed(const Items& items, const Print& print) {
  std::string out;
  for (const auto& item : items) out += (out.empty() ? "" : ", ") + print(item);
  return out;
}

}  // namespace

std::string dump_chat(const ChatFile& file) {
  Dump dump;
  for (const Chat& chat : file.chats) dump.chat(chat);
  return dump.take();
}

std::string dump_text(const ChatText& text) {
  std::string out;
  for (const ChatText::Piece& piece : text.pieces) {
    switch (piece.kind) {
      case ChatText::Piece::Kind::literal:
        for (const char c : piece.text) out += c == '\n' ? std::string("\\n") : std::string(1, c);
        break;
      case ChatText::Piece::Kind::anything:
        out += "<...>";
        break;
      case ChatText::Piece::Kind::capture:
        out += "<" + piece.text + ">";
        break;
    }
  }
  return out;
}

std::string dump_value(const ChatValue& value) {
  switch (value.kind) {
    case ChatValue::Kind::unset:
      return "unset";
    case ChatValue::Kind::number:
      return value.number.to_string();
    case ChatValue::Kind::text:
      return '"' + value.text + '"';
    case ChatValue::Kind::datetime:
      return value::to_string(value.local);
    case ChatValue::Kind::duration:
      return value::to_string(value::Duration{value.milliseconds});
    case ChatValue::Kind::record:
      return "{" +
             listed(value.fields,
                    [](const ChatField& field) {
                      return field.name.text + ": " + dump_value(field.value);
                    }) +
             "}";
    case ChatValue::Kind::list:
      return "[" + listed(value.items, dump_value) + "]";
    default:
      return value.text;
  }
}

}  // namespace alur::dsl

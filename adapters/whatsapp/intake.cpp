#include "adapters/whatsapp/intake.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <utility>

#include "adapters/whatsapp/settings.hpp"

namespace alur::adapters {

using ports::Result;
using ports::Verdict;

// One webhook on its way: in waves, the next when all of one is settled. Kept by what it waits for.
class Intake::Work : public std::enable_shared_from_this<Work> {
 public:
  Work(const IntakeParts& parts, Webhook webhook, std::function<void(bool)> done)
      : parts_(parts), webhook_(std::move(webhook)), done_(std::move(done)) {}

  // Moves come before the messages that are sent after them.
  void begin() {
    for (const WhatsAppNews& news : webhook_.news) {
      parts_.tell("WhatsApp account " + news.account + ": " + news.field + ": " + news.words);
    }
    if (parts_.resumed) {
      for (const WhatsAppTemplate& one : webhook_.resumed) parts_.resumed(one);
    }
    left_ = 1;
    for (const Unusable& one : webhook_.unusable) keep_unheard(one);
    for (const WhatsAppMove& move : webhook_.moves) take_move(move);
    settle_one(true);
  }

 private:
  // The last of a wave begins the next, or ends it all.
  void settle_one(bool good) {
    if (!good) failed_ = true;
    if (--left_ > 0) return;
    if (!failed_ && next_wave()) return;
    done_(!failed_);
  }

  bool next_wave() {
    const bool messages_left = message_ < webhook_.messages.size();
    if (!messages_left && status_ == webhook_.statuses.size()) return false;
    left_ = 1;
    if (messages_left) {
      send_messages();
    } else {
      send_receipts();
    }
    settle_one(true);
    return true;
  }

  void keep_unheard(const Unusable& unusable) {
    ports::UnheardRow row;
    row.at = parts_.clock->now();
    row.channel = whatsapp_name;
    row.reason = unusable.reason;
    row.raw = unusable.raw;
    commit(ports::UnheardChange{std::move(row)}, [](bool) {});
  }

  void commit(ports::Change change, std::function<void(bool)> after) {
    ++left_;
    parts_.commit(std::move(change),
                  [self = shared_from_this(), after = std::move(after)](Result<void> result) {
                    after(result.has_value());
                    self->settle_one(result.has_value());
                  });
  }

  // An id of the whole account's is the same on all of its numbers.
  void take_move(const WhatsAppMove& move) {
    for (const std::string& number : parts_.numbers) {
      if (!move.number.empty() && move.number != number) continue;
      const auto names = parts_.citizens->move(number, move, parts_.clock->now().milliseconds);
      if (!names) failed_ = true;
      if (!names) return;
      if (names->empty()) continue;
      commit(ports::NameChange{*names}, [citizens = parts_.citizens, kept = *names](bool good) {
        good ? citizens->keep(kept) : citizens->give_up(kept);
      });
    }
  }

  // --- messages

  void send_messages() {
    std::map<std::string, std::size_t> of_citizen;
    const std::int64_t now_ms = parts_.clock->now().milliseconds;
    for (std::size_t sent = 0; sent < under_way_max && message_ < webhook_.messages.size();
         ++sent) {
      WhatsAppMessage& message = webhook_.messages[message_];
      const auto found = parts_.citizens->find(message.number, message.user, now_ms);
      if (!found) failed_ = true;
      if (!found || ++of_citizen[found->address] > of_citizen_max) break;
      ++message_;
      wave_.push_back({&message, *found});
    }
    expect_files(now_ms);
  }

  // Their messages say by which name they are kept, and are heard in the order of the webhook.
  void expect_files(std::int64_t now_ms) {
    auto files = std::make_shared<std::vector<SentFile>>();
    if (parts_.expect) {
      for (const auto& [message, found] : wave_) {
        if (!message->digest.empty()) files->push_back(file_of(*message, found));
      }
    }
    if (files->empty()) return send_wave(now_ms);
    ++left_;
    parts_.expect(files, [self = shared_from_this(), files, now_ms](bool good) {
      if (good) self->name_files(*files);
      good ? self->send_wave(now_ms) : self->give_up_wave();
      self->settle_one(good);
    });
  }

  static SentFile file_of(const WhatsAppMessage& message, const WhatsAppCitizens::Found& found) {
    const value::Media& media = *message.input.media;
    SentFile file;
    file.number = message.number;
    file.media = media.source;
    file.digest = message.digest;
    file.address = found.address;
    file.called = ports::clean_file_name(media.file_name);
    if (file.called.empty()) file.called = to_text(media.kind);
    return file;
  }

  void name_files(const std::vector<SentFile>& files) {
    auto file = files.begin();
    for (const auto& [message, found] : wave_) {
      if (message->digest.empty()) continue;
      value::Media media = *message->input.media;
      media.file_name = ports::clean_file_name(media.file_name);
      if (!file->reference.empty()) media.source = file->reference;
      message->input.media = std::make_shared<const value::Media>(std::move(media));
      ++file;
    }
  }

  void send_wave(std::int64_t now_ms) {
    const auto wave = std::exchange(wave_, {});
    for (const auto& [message, found] : wave) send(*message, found, now_ms);
  }

  void give_up_wave() {
    for (const auto& [message, found] : std::exchange(wave_, {})) {
      parts_.citizens->give_up(found.names);
    }
  }

  void send(WhatsAppMessage& message, const WhatsAppCitizens::Found& found, std::int64_t now_ms) {
    ports::Inbound inbound;
    inbound.id = message.number + ":" + message.id;
    inbound.address = found.address;
    inbound.input = std::move(message.input);
    inbound.names = found.names;
    const std::int64_t at_ms = message.at_ms > 0 ? std::min(message.at_ms, now_ms) : now_ms;
    if (message.writes) inbound.wrote_ms = at_ms;
    ++left_;
    parts_.inbox->receive(std::move(inbound),
                          [self = shared_from_this(), found, &message](Verdict verdict) {
                            self->settle(verdict, found, message);
                          });
  }

  void settle(Verdict verdict, const WhatsAppCitizens::Found& found,
              const WhatsAppMessage& message) {
    const bool accepted = verdict == Verdict::accepted;
    if (accepted) parts_.citizens->keep(found.names);
    if (!accepted) parts_.citizens->give_up(found.names);
    if (accepted && message.writes && parts_.heard) parts_.heard(found.address, message.id);
    if (verdict == Verdict::refused) {
      keep_unheard({"the app takes nothing from there", message.type + " " + message.id});
    }
    settle_one(verdict != Verdict::overloaded && verdict != Verdict::unavailable);
  }

  // --- news of ours

  void send_receipts() {
    for (std::size_t sent = 0; sent < under_way_max && status_ < webhook_.statuses.size(); ++sent) {
      ++left_;
      parts_.inbox->receive(webhook_.statuses[status_++].receipt,
                            [self = shared_from_this()](bool taken) { self->settle_one(taken); });
    }
  }

  const IntakeParts& parts_;
  Webhook webhook_;
  std::function<void(bool)> done_;
  std::size_t message_ = 0;  // the next
  std::size_t status_ = 0;
  struct Addressed {
    WhatsAppMessage* message;
    WhatsAppCitizens::Found found;
  };
  std::vector<Addressed> wave_;       // of messages, before they are sent
  std::atomic<std::size_t> left_{0};  // of this wave, and whoever sends it
  std::atomic<bool> failed_{false};
};

void Intake::take(Webhook webhook, std::function<void(bool)> done) {
  ignored_ += webhook.ignored;
  unusable_ += webhook.unusable.size();
  std::make_shared<Work>(parts_, std::move(webhook), std::move(done))->begin();
}

}  // namespace alur::adapters

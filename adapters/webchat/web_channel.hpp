// WebChannel: the web chat as the runtime sees it. A message is the channel's when a browser says
// that it has kept it; until then it is held here and in the store's outbox, and every socket of
// the citizen that comes gets it. docs/decisions/0030-the-web-chat.md says why.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/webchat/visit.hpp"
#include "engine/ports/channel.hpp"

namespace alur::adapters {

class WebChannel : public ports::Channel {
 public:
  static constexpr std::size_t pair_in_flight_max = 32;
  static constexpr std::size_t in_flight_max = 1'000'000;  // absent citizens hold up nobody
  static constexpr std::size_t lines_max = 8;              // of one citizen: tabs and windows
  static constexpr std::int64_t kept_ms = 24 * 3'600'000;
  // Of citizens who are away, all together: closed tabs must not fill what others need. Half of
  // what a core lets wait before it hears no more (CoreBounds::unsent_max).
  static constexpr std::size_t held_for_absent_max = 50'000;

  explicit WebChannel(const program::Channel& capabilities) : capabilities_(capabilities) {}

  const program::Channel& capabilities() const override { return capabilities_; }
  ports::Pace pace() const override;
  void send(ports::Outgoing message, std::function<void(ports::SendResult)> done) override;
  // What kept files are shown by from now on: the path of a reference for a citizen's address.
  // Until it is set a message shows its words alone. Before anything is sent.
  using LinkOf = std::function<std::string(const std::string& address, std::string_view reference)>;
  void set_links(LinkOf link_of) { link_of_ = std::move(link_of); }

  // This line gets what is held for the citizen, after `last`, and all that comes from now on, in
  // order. What is held up to `last` is taken as acknowledged. A line that is gone is forgotten.
  void attach(const std::string& address, std::uint64_t last, const std::shared_ptr<WebLine>& line);
  void detach(const std::string& address, const WebLine* line);
  // The citizen's browser has kept every message up to this one.
  void acknowledge(const std::string& address, std::uint64_t last);
  // Previews, those there are and those to come, are told this until there is something newer.
  // Before the first call nobody is shown a preview.
  void tell_previews(std::string frame);
  // This line is a preview's.
  void show_preview(const std::shared_ptr<WebLine>& line);
  // Drops what nobody has fetched for a day, and the oldest of what is held for citizens who are
  // away when that is too much.
  void expire(std::int64_t now_ms);

 private:
  struct Held {
    std::shared_ptr<const std::string> frame;
    std::function<void(ports::SendResult)> done;
    std::int64_t since = 0;  // of the first look of expire()
  };
  // One citizen who is here, or for whom something is held.
  struct Citizen {
    std::map<std::uint64_t, Held> held;  // by the message's id: the order in which they were sent
    std::vector<std::weak_ptr<WebLine>> lines;  // the last that came at the end
  };
  using Done = std::vector<std::function<void(ports::SendResult)>>;

  void drop_for_absent(Done& dropped);

  static void take_up_to(Citizen& citizen, std::uint64_t last, Done& done);
  void forget_idle(const std::string& address);

  program::Channel capabilities_;
  LinkOf link_of_;
  std::mutex mutex_;
  std::unordered_map<std::string, Citizen> citizens_;
  std::shared_ptr<const std::string> preview_;  // null: there are none here
  std::vector<std::weak_ptr<WebLine>> previews_;
};

}  // namespace alur::adapters

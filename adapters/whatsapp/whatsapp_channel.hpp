// WhatsAppChannel: WhatsApp as the runtime sees it: what is sent goes to the Graph API, in the name
// of the number that the citizen wrote to. What citizens send comes by the webhook, and is not
// here. docs/whatsapp.md says what is sent how, and docs/decisions/0035-whatsapp-sending.md why.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "adapters/http/nods.hpp"
#include "adapters/whatsapp/content.hpp"
#include "adapters/whatsapp/graph_client.hpp"
#include "adapters/whatsapp/media_cache.hpp"
#include "adapters/whatsapp/paused_templates.hpp"
#include "adapters/whatsapp/recipient.hpp"
#include "adapters/whatsapp/render.hpp"
#include "adapters/whatsapp/settings.hpp"
#include "engine/ports/channel.hpp"

namespace alur::adapters {

// How the citizen is reached whose session has an address.
struct WhatsAppReach {
  std::string address;        // where messages go now; empty: the name is somebody else's
  std::int64_t wrote_ms = 0;  // when they wrote last; 0: not known
};

struct WhatsAppParts {
  // From any thread. Empty: at the session's address, and Meta says 131047 where the window is
  // shut.
  std::function<ports::Result<WhatsAppReach>(const std::string& address)> reach;
  // Milliseconds since 1970; asked where `reach` is.
  std::function<std::int64_t()> now_ms;
  // The bytes behind a link, where they are to be uploaded instead of fetched by Meta; nothing:
  // Meta is to fetch it. From any thread. Empty: Meta fetches all.
  std::function<std::optional<MediaUpload>(const std::string& link)> media_source;
};

class WhatsAppChannel : public ports::Channel {
 public:
  // Null, and one plain line in `error`.
  static std::unique_ptr<WhatsAppChannel> open(const WhatsAppSettings& settings,
                                               GraphSettings graph, WhatsAppParts parts,
                                               std::string& error);
  ~WhatsAppChannel() override;  // stops

  const program::Channel& capabilities() const override { return capabilities_; }
  ports::Pace pace() const override { return pace_of(settings_.numbers.front()); }
  std::vector<ports::Sender> senders() const override;
  std::optional<std::size_t> sender_of(std::string_view address) const override;
  void send(ports::Outgoing message, std::function<void(ports::SendResult)> done) override;

  // A message of the citizen's, by its id at WhatsApp (wamid), whose turn is durable: it gets its
  // blue ticks, and the citizen sees that we type where the answer takes longer. Best effort; not
  // counted by any pace. From any thread.
  void heard(const std::string& address, const std::string& message_id);
  // Meta has told that it takes this template again. From any thread.
  void resume_template(const std::string& name, const std::string& language);
  // Media of a citizen's message, as GraphClient::download. `number`: phone_number_id.
  void download(const std::string& number, const std::string& media_id, MediaLimits limits,
                Sink sink, std::function<void(ports::Result<MediaFacts>)> done);
  // Ends what is under way; nothing is called any more when this returns.
  void stop();

 private:
  using SendResult = ports::SendResult;
  using Done = std::function<void(SendResult)>;
  struct Order {
    const WhatsAppNumber* number = nullptr;
    Recipient recipient;
    std::uint64_t id = 0;
    std::string reply_to;  // as Letter has it
    Content content;
    Done done;
    // To be rendered; what it takes is gone from here.
    Letter take_letter();
  };

  WhatsAppChannel(const WhatsAppSettings& settings, WhatsAppParts parts,
                  std::unique_ptr<GraphClient> graph);
  ports::Pace pace_of(const WhatsAppNumber& number) const;
  const WhatsAppNumber* find_number(std::string_view id) const;
  enum class Window : unsigned char { open, shut, not_known };
  struct Way {
    WhatsAppAddress address;
    Window window = Window::not_known;
  };
  // Where the message goes; nothing: `refusal` says why it does not.
  std::optional<Way> find_way(const std::string& address, SendResult& refusal) const;
  bool is_held(const std::string& number, const TemplateContent& content);
  void post_template(Order order);
  void post(Order order);
  bool post_uploaded(Order& order);
  void post_by_id(Order order, std::optional<std::string> media_id);
  void upload(MediaCache::Key key, const WhatsAppNumber& number, MediaUpload media);

  program::Channel capabilities_;
  WhatsAppSettings settings_;
  WhatsAppParts parts_;
  std::mutex mutex_;  // guards the two that follow
  MediaCache uploads_;
  PausedTemplates paused_;
  std::unique_ptr<GraphClient> graph_;
  Nods nods_;
};

}  // namespace alur::adapters

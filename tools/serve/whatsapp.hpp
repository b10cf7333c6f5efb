// WhatsApp in a running service: its webhooks, whom they are from, and the channel that answers.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "adapters/files/folder_files.hpp"
#include "adapters/whatsapp/citizens.hpp"
#include "adapters/whatsapp/file_fetch.hpp"
#include "adapters/whatsapp/intake.hpp"
#include "adapters/whatsapp/webhook_server.hpp"
#include "adapters/whatsapp/whatsapp_channel.hpp"
#include "adapters/whatsapp/whatsapp_use.hpp"
#include "engine/runtime/runtime.hpp"
#include "tools/serve/serve.hpp"
#include "tools/serve/told.hpp"

namespace alur::tools {

class WhatsApp {
 public:
  // Where what citizens send is kept, and which day it is in the app's time zone.
  struct Keeping {
    adapters::FolderFiles& files;
    std::string folder;
    std::function<std::int32_t(value::Instant)> day_of;
  };
  // Null, and one plain line in `error`. All must outlive it. Tickets are opened after this only:
  // it tells which files are still to come.
  static std::unique_ptr<WhatsApp> open(const ServeSettings& settings, const ports::Clock& clock,
                                        ports::Store& store, Keeping keeping, std::string& error);

  ports::Channel& channel() { return *channel_; }
  // Takes webhooks, on the runtime's loops. Empty, or why it cannot.
  std::string start(runtime::Runtime& runtime);
  // No more of them, and no more files. The runtime must still be there.
  void stop_receiving();
  // Nothing more is sent, nor told to the runtime.
  void stop();
  // Lines for operators, since the last call.
  std::string told() { return told_.take(); }
  adapters::WhatsAppUse use() const;
  // "http://127.0.0.1:8159/whatsapp"
  std::string place() const;

 private:
  std::string open_fetch(ports::Store& store, Keeping keeping);

  WhatsApp(const ServeSettings& settings, const ports::Clock& clock)
      : settings_(settings), clock_(clock) {}

  const ServeSettings& settings_;
  const ports::Clock& clock_;
  Told told_;
  std::unique_ptr<adapters::WhatsAppCitizens> citizens_;
  std::unique_ptr<adapters::FileFetch> fetch_;  // before the channel, which downloads for it
  std::unique_ptr<adapters::WhatsAppChannel> channel_;
  std::unique_ptr<adapters::Intake> intake_;
  std::unique_ptr<adapters::WebhookServer> server_;
  std::atomic<bool> started_{false};
};

// The webhooks' port, as it is settled or two after the plain channel's.
std::uint16_t whatsapp_port(const ServeSettings& settings);

}  // namespace alur::tools

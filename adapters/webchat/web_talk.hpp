// What is said over a socket of the web chat: the pure Visit, and what follows from it.
#pragma once

#include <memory>

#include "adapters/http/web_line.hpp"
#include "adapters/webchat/web_channel.hpp"
#include "engine/ports/clock.hpp"
#include "engine/ports/files.hpp"

namespace alur::adapters {

// What a socket stands on. All of it must outlive the socket's loop.
struct SocketParts {
  ports::Inbox* inbox = nullptr;
  WebChannel* channel = nullptr;
  const Tokens* tokens = nullptr;
  const ports::Clock* clock = nullptr;
  ports::Files* files = nullptr;  // null: none are taken
};

// `may_preview`: it may be an editor's.
std::shared_ptr<WebTalk> make_talk(const SocketParts& parts, bool may_preview);

}  // namespace alur::adapters

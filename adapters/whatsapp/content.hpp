// Content: what one message of WhatsApp can hold, apart from whom it goes to. A message as the
// machine presents it becomes one of these; templates, reactions and questions for a place are
// what no other channel has.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "engine/machine/present.hpp"

namespace alur::adapters {

// Limits are Meta's (engine/program/channel.cpp says which); present() keeps to them.
struct TextContent {
  std::string body;
};

struct MediaContent {
  enum class Kind : unsigned char { image, document, video, audio, sticker };
  Kind kind = Kind::image;
  std::string id;    // of what was uploaded before; else
  std::string link;  // Meta fetches it
  std::string caption;
  std::string file_name;  // of a document, as citizens see it
};

struct PlaceContent {
  machine::Location location;
};

struct ButtonsContent {
  std::string body;
  std::vector<machine::ShownChoice> choices;
};

struct ListContent {
  std::string body;
  std::string button;
  std::vector<machine::ShownChoice> choices;
};

struct LinkContent {
  std::string body;
  std::string label;
  std::string url;
};

// Asks where the citizen is, with a button for it.
struct PlaceRequestContent {
  std::string body;
};

// On a message of the citizen's, not older than 30 days.
struct ReactionContent {
  std::string message_id;
  std::string emoji;  // empty: taken back
};

struct TemplateParameter {
  enum class Kind : unsigned char { text, payload, coupon_code, image, document, video };
  Kind kind = Kind::text;
  std::string value;  // of media: the link
  std::string name;   // of a named parameter
};

struct TemplateComponent {
  enum class Kind : unsigned char { header, body, button };
  Kind kind = Kind::body;
  std::string button_kind;  // quick_reply, url, copy_code
  int button_index = 0;     // 0 to 9
  std::vector<TemplateParameter> parameters;
};

// The only content that may begin a conversation, or go on after a day's silence.
struct TemplateContent {
  std::string name;
  std::string language;  // as Meta writes it: id, en_US
  std::vector<TemplateComponent> components;
};

using Content = std::variant<TextContent, MediaContent, PlaceContent, ButtonsContent, ListContent,
                             LinkContent, PlaceRequestContent, ReactionContent, TemplateContent>;

// One message as the machine shows it is one message of WhatsApp.
Content to_content(machine::Shown shown);

}  // namespace alur::adapters

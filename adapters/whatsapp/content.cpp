#include "adapters/whatsapp/content.hpp"

#include <algorithm>
#include <utility>

namespace alur::adapters {
namespace {

using machine::Shown;

// The last part of an address's path where it looks like a file's name; else WhatsApp shows
// "Untitled".
std::string file_name_of(std::string_view url) {
  const std::size_t host = url.find("://");
  url = url.substr(0, url.find_first_of("?#"));
  const std::size_t slash = url.rfind('/');
  if (host == url.npos || slash == url.npos || slash < host + 3) return {};
  const std::string_view name = url.substr(slash + 1);
  const std::size_t dot = name.rfind('.');
  if (dot == name.npos || dot == 0 || dot + 1 == name.size()) return {};
  return std::string(name);
}

// Meta writes a region behind `_`: pt_BR.
std::string to_graph_language(std::string language) {
  std::replace(language.begin(), language.end(), '-', '_');
  return language;
}

Content to_media(Shown shown) {
  MediaContent media;
  const bool document = shown.kind == Shown::Kind::document;
  media.kind = document ? MediaContent::Kind::document : MediaContent::Kind::image;
  // What an agent sends has its name with it, and no address that Meta could see.
  if (document) media.file_name = shown.label.empty() ? file_name_of(shown.url) : shown.label;
  media.link = std::move(shown.url);
  media.caption = std::move(shown.text);
  return media;
}

}  // namespace

Content to_content(Shown shown) {
  switch (shown.kind) {
    case Shown::Kind::image:
    case Shown::Kind::document:
      return to_media(std::move(shown));
    case Shown::Kind::location:
      return PlaceContent{std::move(shown.location)};
    case Shown::Kind::buttons:
      return ButtonsContent{std::move(shown.text), std::move(shown.choices)};
    case Shown::Kind::list:
      return ListContent{std::move(shown.text), std::move(shown.label), std::move(shown.choices)};
    case Shown::Kind::link:
      return LinkContent{std::move(shown.text), std::move(shown.label), std::move(shown.url)};
    case Shown::Kind::place_request:
      return PlaceRequestContent{std::move(shown.text)};
    case Shown::Kind::template_words:
      return TemplateContent{std::move(shown.label), to_graph_language(shown.language), {}};
    case Shown::Kind::text:
      break;
  }
  return TextContent{std::move(shown.text)};
}

}  // namespace alur::adapters

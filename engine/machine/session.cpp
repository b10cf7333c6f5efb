#include "engine/machine/session.hpp"

namespace alur::machine {

std::string_view to_text(Rest rest) {
  switch (rest) {
    case Rest::nothing:
      return "nothing";
    case Rest::question:
      return "a question";
    case Rest::call:
      return "a service";
    case Rest::handoff:
      return "a person";
    case Rest::pause:
      return "a time";
  }
  return "?";
}

Session new_session(const program::Program& program, Index channel, Index language) {
  Session session;
  session.program = program.short_hash();
  session.channel = channel;
  session.language = language;
  session.contact.resize(program.app().contact.size());
  session.shared.resize(program.app().session.size());
  return session;
}

}  // namespace alur::machine

#include "dsl/check/pages.hpp"

#include <algorithm>

#include "dsl/check/message_limits.hpp"
#include "dsl/check/overlong.hpp"
#include "dsl/check/walk.hpp"
#include "engine/program/channel.hpp"
#include "engine/program/names.hpp"
#include "engine/value/phrase.hpp"

namespace alur::dsl {
namespace {

class PageWalk : public Walk<PageWalk, false> {
 public:
  explicit PageWalk(const ast::App& app) : app_(app) {}

  using Walk::verb;

  void verb(const ast::Question& question) {
    found = found || (!question.broken && has_pages(app_, question));
    Walk::verb(question);
  }

  bool found = false;

 private:
  const ast::App& app_;
};

}  // namespace

std::string more_label(const ast::App& app, std::string_view language) {
  for (const ast::SystemText& entry : app.texts) {
    if (entry.key.text != "more") continue;
    const ast::Template* words = wording_in(entry.text, language);
    const auto fixed = words == nullptr ? std::nullopt : fixed_words(*words);
    if (fixed) return one_line(*fixed);
  }
  return std::string(program::brought_words(program::SystemText::more, language));
}

std::vector<std::string> more_words(const ast::App& app,
                                    const std::vector<std::string>& languages) {
  std::vector<std::string> all;
  for (const std::string& language : languages) {
    std::string words = value::normalised_phrase(more_label(app, language));
    if (std::find(all.begin(), all.end(), words) == all.end()) all.push_back(std::move(words));
  }
  return all;
}

bool has_pages(const ast::App& app, const ast::Question& question) {
  if (question.extras.overflow.text != "page") return false;
  ChoicesBound choices;
  choices.fixed.resize(question.options.size());
  choices.more.emplace();
  if (question.each) {
    const value::TypeRef& list = question.each->list.resolved.type;
    if (list) choices.each_max = list->high;
  }
  return std::any_of(app.channels.begin(), app.channels.end(), [&](const ast::Name& name) {
    const program::Channel* channel = program::find_channel(name.text);
    return channel != nullptr && has_pages(choices, *channel);
  });
}

bool has_pages(const ast::App& app, const ast::Flow& flow) {
  PageWalk walk(app);
  for (const ast::State& state : flow.states) walk.steps(state.steps);
  return walk.found;
}

}  // namespace alur::dsl

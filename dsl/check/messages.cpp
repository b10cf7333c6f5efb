// What citizens see, check by check; each has a file of its own.
#include "dsl/check/messages.hpp"

#include "dsl/check/channel_check.hpp"
#include "dsl/check/overlap.hpp"
#include "dsl/check/privacy.hpp"
#include "dsl/check/services.hpp"

namespace alur::dsl {

const LongestText* find_longest(const LongestTexts& texts) {
  const LongestText* longest = nullptr;
  for (const LongestText& text : texts) {
    if (text.limit > 0 && (longest == nullptr || text.share() > longest->share())) longest = &text;
  }
  return longest;
}

void keep_longest(LongestTexts& kept, const LongestTexts& others) {
  if (kept.empty()) kept = others;
  for (std::size_t i = 0; i < kept.size() && i < others.size(); ++i) {
    const bool longer =
        others[i].limit > 0 && (kept[i].limit == 0 || others[i].share() > kept[i].share());
    if (longer) kept[i] = others[i];
  }
}

LongestTexts check_messages(const ast::Flow& flow, const ast::App& app, const Symbols& symbols,
                            Findings& findings) {
  ChannelCheck check(app, symbols, findings);
  for (const ast::State& state : flow.states) check.steps(state.steps);
  check_overlap(flow, app, symbols, findings);
  check_privacy(flow, symbols, findings);
  return check.take_longest();
}

LongestTexts check_messages(const ast::App& app, const Symbols& symbols, Findings& findings) {
  ChannelCheck check(app, symbols, findings);
  check.defaults();
  check_overlap(app, symbols, findings);
  check_privacy(app, symbols, findings);
  check_services(app, findings);
  return check.take_longest();
}

}  // namespace alur::dsl

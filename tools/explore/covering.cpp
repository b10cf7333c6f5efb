// Longest ways first: what lies on them needs no chat of its own.
#include "tools/explore/covering.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tools/explore/play.hpp"

namespace alur::tools {

namespace {

class CoveringMaker {
 public:
  CoveringMaker(const std::shared_ptr<const program::Program>& program, const Explorer& explorer)
      : program_(program), explorer_(explorer) {
    const std::size_t languages = program->app().languages.size();
    set_.chats.resize(languages);
    seen_.resize(languages);
  }

  CoveringSet make() {
    const std::vector<Explorer::Covered>& covered = explorer_.covered();
    for (auto wanted = covered.rbegin(); wanted != covered.rend(); ++wanted) {
      if (!seen_[wanted->language].contains(wanted->thing)) add_chat(*wanted);
    }
    for (Index language = 0; language < seen_.size(); ++language) {
      for (const Thing& thing : things_of(*program_)) {
        if (!seen_[language].contains(thing)) set_.missed.push_back({thing, language});
      }
    }
    return std::move(set_);
  }

 private:
  void add_chat(const Explorer::Covered& wanted) {
    const std::string what = describe(*program_, wanted.thing);
    const Played played = play(program_, explorer_.way_to(wanted.step), "Comes through " + what);
    if (!played.whole || !played.covered[wanted.language].contains(wanted.thing)) {
      set_.dropped.push_back(what + ": it goes another way");
      return;
    }
    if (const auto fault = replay_fault(program_, played.chat)) {
      set_.dropped.push_back(what + ": " + *fault);
      return;
    }
    for (std::size_t i = 0; i < seen_.size(); ++i) {
      seen_[i].insert(played.covered[i].begin(), played.covered[i].end());
    }
    set_.chats[wanted.language].push_back(played.chat);
  }

  std::shared_ptr<const program::Program> program_;
  const Explorer& explorer_;
  CoverageSeen seen_;
  CoveringSet set_;
};

}  // namespace

CoveringSet cover_all(const std::shared_ptr<const program::Program>& program,
                      const Explorer& explorer) {
  return CoveringMaker(program, explorer).make();
}

}  // namespace alur::tools

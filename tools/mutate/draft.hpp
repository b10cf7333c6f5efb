// Drafting: the shortest conversation found in which a changed app says something else than the
// app as it is, written down as a chat of the app as it is.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "tools/explore/explorer.hpp"

namespace alur::tools {

class DraftDesk {
 public:
  // `explorer` has run on the program.
  DraftDesk(std::shared_ptr<const program::Program> original, const Explorer& explorer)
      : original_(std::move(original)), explorer_(explorer) {}

  // `place`: the flow and state that were changed; nothing where it is all of them. Empty where no
  // difference was found. From any thread.
  std::string draft(const std::shared_ptr<const program::Program>& mutant,
                    std::optional<std::pair<Index, Index>> place, std::string_view title) const;

 private:
  std::vector<Walked> ways_to(std::optional<std::pair<Index, Index>> place) const;

  std::shared_ptr<const program::Program> original_;
  const Explorer& explorer_;
  mutable std::mutex mutex_;  // the explorer keeps what it looks up
};

}  // namespace alur::tools

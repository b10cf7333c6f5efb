// The fenced blocks of a page that tests run: "```yaml greeting.flow.yaml" and the like.
#pragma once

#include <string>
#include <vector>

namespace alur::tests {

struct Block {
  std::string language;  // yaml, chat
  bool wrong = false;    // "```yaml wrong NAME": has mistakes on purpose
  std::string name;      // the file that it stands for
  std::string text;
  int line = 0;
};

// Blocks that name a file; the others are for reading only.
std::vector<Block> named_blocks(const std::string& path);

}  // namespace alur::tests

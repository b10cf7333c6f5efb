#include "tests/docs/blocks.hpp"

#include <fstream>
#include <sstream>

namespace alur::tests {

std::vector<Block> named_blocks(const std::string& path) {
  std::ifstream in(path);
  std::vector<Block> blocks;
  std::string line;
  bool inside = false, named = false;
  for (int number = 1; std::getline(in, line); ++number) {
    if (!line.starts_with("```")) {
      if (inside && named) blocks.back().text += line + "\n";
      continue;
    }
    if (inside) {
      inside = named = false;
      continue;
    }
    inside = true;
    std::istringstream words(line.substr(3));
    Block block;
    words >> block.language >> block.name;
    if (block.name == "wrong") {
      block.wrong = true;
      words >> block.name;
    }
    block.line = number;
    named = !block.name.empty();
    if (named) blocks.push_back(std::move(block));
  }
  return blocks;
}

}  // namespace alur::tests

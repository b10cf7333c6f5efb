// Memory for tables that are looked up at random. Where the system has big pages it lies in them:
// within tens of MiB, finding the page costs more than reading what is there.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <type_traits>

namespace alur::runtime {

inline constexpr std::size_t big_page_bytes = std::size_t{2} * 1024 * 1024;

struct FreeTable {
  void operator()(void* table) const { std::free(table); }
};
template <class Row>
using Table = std::unique_ptr<Row[], FreeTable>;

// Not written to yet: in plain pages it takes no memory before that. Throws std::bad_alloc.
template <class Row>
Table<Row> make_table(std::size_t rows, bool in_big_pages) {
  static_assert(std::is_trivially_copyable_v<Row> && std::is_trivially_destructible_v<Row>);
  const std::size_t pages = (rows * sizeof(Row) + big_page_bytes - 1) / big_page_bytes;
  void* memory = std::aligned_alloc(big_page_bytes, pages * big_page_bytes);
  if (!memory) throw std::bad_alloc();
  // A system that has none leaves it in plain pages: slower, and as right.
  if (in_big_pages) static_cast<void>(madvise(memory, pages * big_page_bytes, MADV_HUGEPAGE));
  return Table<Row>(static_cast<Row*>(memory));
}

}  // namespace alur::runtime

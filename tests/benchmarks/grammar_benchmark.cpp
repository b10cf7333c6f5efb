// What the small grammars cost: expressions of about 34 characters, texts with and without holes,
// phrases and types, and for scale a copy of the plain text.
#include <benchmark/benchmark.h>

#include <string>

#include "dsl/grammar/grammar.hpp"

namespace {

using namespace alur::dsl;

constexpr const char* expressions[] = {
    "amount > 500000 and kind == \"bank\"",  "company.licence or \"tidak ada data\"",
    "min(count + 1, 5) >= limit.attempts",   "name is set and not (a or b) or c",
    "standing in (full, restricted, other)", "workday_after(today(), 10, office)",
};

template <typename Parse>
void read(benchmark::State& state, const Parse& parse, const std::string& text) {
  Findings findings;
  for (auto _ : state) benchmark::DoNotOptimize(parse(Fragment(FileId{}, 0, text), findings));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
  if (!findings.empty()) state.SkipWithError(findings.all()[0].message.c_str());
}

void read_expressions(benchmark::State& state) {
  Findings findings;
  std::size_t next = 0;
  for (auto _ : state) {
    const Fragment fragment(FileId{}, 0, expressions[next++ % std::size(expressions)]);
    benchmark::DoNotOptimize(parse_expression(fragment, findings));
  }
  if (!findings.empty()) state.SkipWithError(findings.all()[0].message.c_str());
}
BENCHMARK(read_expressions);

void refuse_expression(benchmark::State& state) {
  for (auto _ : state) {
    Findings findings;
    const Fragment fragment(FileId{}, 0, "amount > 500000 and kind = \"bank\"");
    benchmark::DoNotOptimize(parse_expression(fragment, findings));
  }
}
BENCHMARK(refuse_expression);

const std::string plain_words =
    "Lembaga apa yang ingin Anda cek? Ketik namanya saja, lalu kirim. Kami mencarinya di daftar.";

void copy_plain_words(benchmark::State& state) {
  for (auto _ : state) {
    std::string copy(plain_words);
    benchmark::DoNotOptimize(copy);
  }
}
BENCHMARK(copy_plain_words);

BENCHMARK_CAPTURE(read, plain_words, parse_template, plain_words);
BENCHMARK_CAPTURE(
    read, two_holes, parse_template,
    "*{company.name}* berizin dan diawasi OJK.\nNomor izin: {company.licence or \"-\"}");
BENCHMARK_CAPTURE(read, phrase, parse_phrase, "apakah {name} (resmi|legal|terdaftar|berizin) [ya]");
BENCHMARK_CAPTURE(read, type, parse_type, "private list of candidate (1..3)?");
BENCHMARK_CAPTURE(read, target, parse_target, "tell_not_found");
BENCHMARK_CAPTURE(read, call, parse_call, "registry.lookup(name = name)");
BENCHMARK_CAPTURE(read, hours, parse_hours,
                  "mon-fri 08:00-17:00, sat 08:00-12:00 except data/holidays.csv");

}  // namespace

BENCHMARK_MAIN();

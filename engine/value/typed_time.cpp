#include "engine/value/typed_time.hpp"

#include <array>
#include <charconv>

#include "engine/value/typed_number.hpp"

namespace alur::value {

namespace {

constexpr std::array<Word, 46> month_words{
    {{"januari", 1},   {"january", 1},   {"jan", 1},        {"februari", 2},  {"pebruari", 2},
     {"february", 2},  {"feb", 2},       {"maret", 3},      {"march", 3},     {"mar", 3},
     {"april", 4},     {"apr", 4},       {"mei", 5},        {"may", 5},       {"juni", 6},
     {"june", 6},      {"jun", 6},       {"juli", 7},       {"july", 7},      {"jul", 7},
     {"agustus", 8},   {"august", 8},    {"agu", 8},        {"agt", 8},       {"ags", 8},
     {"agst", 8},      {"aug", 8},       {"september", 9},  {"sep", 9},       {"sept", 9},
     {"oktober", 10},  {"october", 10},  {"okt", 10},       {"oct", 10},      {"november", 11},
     {"nopember", 11}, {"nov", 11},      {"nop", 11},       {"desember", 12}, {"december", 12},
     {"des", 12},      {"dec", 12},      {"pebr", 2},       {"febr", 2},      {"mrt", 3},
     {"ag", 8}}};

constexpr std::array<Word, 16> weekday_words{{{"senin", 0},
                                              {"monday", 0},
                                              {"selasa", 1},
                                              {"tuesday", 1},
                                              {"rabu", 2},
                                              {"wednesday", 2},
                                              {"kamis", 3},
                                              {"thursday", 3},
                                              {"jumat", 4},
                                              {"friday", 4},
                                              {"sabtu", 5},
                                              {"saturday", 5},
                                              {"minggu", 6},
                                              {"ahad", 6},
                                              {"sunday", 6},
                                              {"jum'at", 4}}};

constexpr std::array<Word, 7> day_words{{{"kemarin", -1},
                                         {"kemaren", -1},
                                         {"yesterday", -1},
                                         {"today", 0},
                                         {"besok", 1},
                                         {"tomorrow", 1},
                                         {"lusa", 2}}};

constexpr std::array<Word, 3> date_openings{{{"tanggal", 0}, {"tgl", 0}, {"on", 0}}};
constexpr std::array<Word, 4> ordinals{{{"st", 0}, {"nd", 0}, {"rd", 0}, {"th", 0}}};
constexpr std::array<Word, 7> day_counts{{{"hari", 1},
                                          {"day", 1},
                                          {"days", 1},
                                          {"minggu", 7},
                                          {"pekan", 7},
                                          {"week", 7},
                                          {"weeks", 7}}};
constexpr std::array<Word, 3> single_day_counts{{{"sehari", 1}, {"seminggu", 7}, {"sepekan", 7}}};
constexpr std::array<Word, 2> past_words{{{"lalu", 0}, {"ago", 0}}};
constexpr std::array<Word, 1> future_words{{{"lagi", 0}}};

constexpr std::array<Word, 4> time_openings{{{"jam", 0}, {"pukul", 0}, {"pkl", 0}, {"at", 0}}};
constexpr std::array<Word, 4> time_words{{{"noon", 12}, {"midday", 12}, {"midnight", 0}, {"siang", 12}}};

// Seconds.
constexpr std::array<Word, 29> length_words{
    {{"s", 1},        {"sec", 1},       {"secs", 1},      {"second", 1},   {"seconds", 1},
     {"detik", 1},    {"dtk", 1},       {"m", 60},        {"min", 60},     {"mins", 60},
     {"minute", 60},  {"minutes", 60},  {"menit", 60},    {"mnt", 60},     {"h", 3'600},
     {"hr", 3'600},   {"hrs", 3'600},   {"hour", 3'600},  {"hours", 3'600}, {"jam", 3'600},
     {"d", 86'400},   {"day", 86'400},  {"days", 86'400}, {"hari", 86'400}, {"w", 604'800},
     {"week", 604'800}, {"weeks", 604'800}, {"minggu", 604'800}, {"pekan", 604'800}}};
constexpr std::array<Word, 5> plain_length_words{
    {{"s", 1}, {"m", 60}, {"h", 3'600}, {"d", 86'400}, {"w", 604'800}}};

std::span<const Word> length_words_of(Tongue tongue) {
  if (tongue == Tongue::other) return plain_length_words;
  return length_words;
}
constexpr std::array<Word, 6> single_lengths{{{"sedetik", 1},
                                              {"semenit", 60},
                                              {"sejam", 3'600},
                                              {"sehari", 86'400},
                                              {"seminggu", 604'800},
                                              {"sepekan", 604'800}}};

}  // namespace

}  // namespace alur::value

// How long a search takes at a full desk: `search_benchmark STORE CONVERSATIONS ROWS` fills a new
// store with so many conversations of so many rows each, and searches until all are known.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

#include "adapters/desk/desk_finder.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "engine/runtime/journal_bytes.hpp"

namespace {

using namespace alur;

constexpr const char* phrases[] = {
    "selamat pagi, saya mau tanya tentang pinjaman online yang menagih lewat kontak saya",
    "apakah perusahaan ini terdaftar dan diawasi? saya sudah transfer kemarin malam",
    "Terima kasih, Bu. Mohon jangan transfer dulu, lembaga resmi tidak meminta pajak di muka.",
    "klaim asuransi saya ditolak padahal premi selalu dibayar tepat waktu setiap bulan",
    "Baik, saya catat pengaduannya. Nomor tiket dikirim lewat pesan ini, mohon disimpan."};

void fill(ports::Store& store, desk::Citizen citizen, int rows) {
  ports::TurnChange change;
  change.session.citizen = citizen;
  change.session.address = fmt::format("webchat:{}", citizen);
  for (int i = 0; i < rows; ++i) {
    runtime::PeopleBody body;
    body.kind = runtime::PeopleBody::Kind::noted;
    body.text = phrases[(citizen + static_cast<unsigned>(i)) % std::size(phrases)];
    if (i == 0) body.text += fmt::format(" kode{}", citizen);
    ports::JournalRow& row = change.journal.emplace_back();
    row.citizen = citizen;
    row.turn = ++change.session.turns;
    runtime::encode_people(body, row);
  }
  const ports::Change group[] = {std::move(change)};
  if (!store.commit(group)) std::exit(2);
}

void search(adapters::DeskWords& words, const std::vector<adapters::Searched>& all,
            const std::string& text) {
  const auto begin = std::chrono::steady_clock::now();
  adapters::DeskWords::Looked looked;
  looked.rows_left = adapters::DeskFinder::journal_rows_max;
  double longest = 0;
  while (looked.next < all.size() &&
         looked.found.size() < adapters::DeskFinder::page_rows_with_words) {
    const auto from = std::chrono::steady_clock::now();
    const bool read = words.go_on(all, adapters::SoughtWords(text), 2'000,
                                  adapters::DeskFinder::page_rows_with_words, looked);
    if (!read) std::exit(2);
    const std::chrono::duration<double, std::milli> one = std::chrono::steady_clock::now() - from;
    longest = std::max(longest, one.count());
  }
  const std::chrono::duration<double, std::milli> whole = std::chrono::steady_clock::now() - begin;
  fmt::print("{:<28} {:7.1f} ms, longest go {:6.1f} ms, found {:3}, unread {:5}, {:5.1f} MiB\n",
             text, whole.count(), longest, looked.found.size(), looked.unread,
             static_cast<double>(words.bytes()) / 1048576.0);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const auto conversations = static_cast<desk::Citizen>(std::atoi(argv[2]));
  adapters::SqliteSettings settings;
  settings.path = argv[1];
  auto store = adapters::SqliteStore::open(settings);
  if (!store) return 2;
  std::vector<adapters::Searched> all;
  for (desk::Citizen citizen = 1; citizen <= conversations; ++citizen) {
    fill(**store, citizen, std::atoi(argv[3]));
    adapters::Searched& one = all.emplace_back();
    one.place.citizen = citizen;
    one.about = fmt::format("Siti Rahmawati {}\n6281*****{:03}\nMenanyakan izin sebuah lembaga",
                            citizen, citizen % 1'000);
  }
  adapters::DeskWords words(**store);
  for (int i = 0; i < 10; ++i) search(words, all, "tidakada pinjaman");
  for (const char* text : {"kode5", "pinjaman kontak", "pajak transfer kode77", "klaim zzz"}) {
    search(words, all, text);
  }
  return 0;
}

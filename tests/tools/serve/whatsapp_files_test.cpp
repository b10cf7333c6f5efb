// Photos and documents that citizens send on WhatsApp, as evidence: over signed webhooks and Meta's
// API played by graph_sim, through kontak157's complaint, to what operators are shown.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/adapters/files/sample_files.hpp"
#include "tests/patience.hpp"
#include "tests/tools/serve/served_phone.hpp"

namespace alur::tests {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

const std::string app = ALUR_SOURCE_DIR "/flows/kontak157";

std::string day_before_today(int days) {
  const std::time_t then = std::time(nullptr) - days * 86'400;
  std::array<char, 16> text{};
  std::tm parts{};
  std::strftime(text.data(), text.size(), "%d/%m/%Y", gmtime_r(&then, &parts));
  return text.data();
}

// Of all bytes there are.
std::string filling(std::size_t size) {
  std::string bytes;
  for (std::uint32_t at = 1; bytes.size() < size; at = at * 1'664'525 + 1'013'904'223) {
    bytes += static_cast<char>(at >> 24);
  }
  return bytes;
}

class WhatsAppFiles : public ServedPhone {
 protected:
  void SetUp() override { serve(app, "files:\n  image: 64 KiB\n  document: 64 KiB\n"); }
  void set_media_faults(double chance) {
    graph_->with(
        [&](graph_sim::World& world, std::int64_t) { world.settings().faults.media = chance; });
  }

  // What the phone shows after this, once it has these words.
  std::string after(const Act& what, const std::string& words) {
    std::string all;
    shown_from(act(what), [&](const Texts& shown) {
      all.clear();
      for (const std::string& one : shown) all += one + "\n";
      return all.find(words) != all.npos;
    });
    EXPECT_NE(all.find(words), all.npos) << words << "\n" << all << served_->said();
    return all;
  }
  std::string say(const std::string& text, const std::string& words) {
    return after(types(text), words);
  }
  std::string tap(const std::string& label, const std::string& words) {
    return after(taps(label), words);
  }
  std::string send(const std::string& type, const std::string& mime, const std::string& bytes,
                   const std::string& words) {
    return after(
        [&](graph_sim::World& world, std::int64_t now) {
          json::object file = world.shelve(mime, bytes, now);
          if (type == "document") file["filename"] = "../surat.pdf";
          sends({{"type", type}, {type, std::move(file)}})(world, now);
        },
        words);
  }

  // Up to where a photo is asked for.
  void complain() {
    say("halo", "] Pengaduan");
    tap("Pengaduan", "] Sudah");
    tap("Sudah", "Kapan");
    say(day_before_today(35), "] Setuju");
    tap("Setuju", "nama");
    say("Siti Contoh", "telepon");
    say("0812-3456-7890", "] Lewati");
    tap("Lewati", "Lembaga apa");
    say("Dana Teladan Contoh", "] Pinjaman");
    tap("Pinjaman atau pinjol", "Kapan");
    say(day_before_today(40), "] Tidak tahu");
    tap("Tidak tahu", "Ceritakan");
    say("Saya tidak pernah meminjam tetapi ditagih setiap hari", "Penyelesaian");
    say("Penagihan dihentikan", "foto");
  }
  // Its ticket's number.
  std::string hand_in() {
    const std::string told = tap("Kirim pengaduan", "Nomor tiket");
    const std::size_t begin = told.find("T-");
    return begin == told.npos ? "" : told.substr(begin, told.find('*', begin) - begin);
  }
  std::string show_ticket(const std::string& number) const {
    const std::string command =
        std::string(ALUR_PROGRAM) + " tickets show " + root_.at("store") + " " + number + " 2>&1";
    std::string shown;
    FILE* out = popen(command.c_str(), "r");
    std::array<char, 4'096> piece{};
    while (const std::size_t count = fread(piece.data(), 1, piece.size(), out)) {
      shown.append(piece.data(), count);
    }
    pclose(out);
    return shown;
  }
  // The ticket as it is shown, once that has these words.
  std::string ticket_with(const std::string& number, const std::string& words) const {
    std::string shown;
    comes([&] {
      shown = show_ticket(number);
      return shown.find(words) != shown.npos;
    });
    EXPECT_NE(shown.find(words), shown.npos) << words << "\n" << shown << served_->said();
    return shown;
  }
  // The contents of all files that are kept.
  std::vector<std::string> kept() const {
    std::vector<std::string> all;
    for (const auto& entry : fs::directory_iterator(root_.at("store.files"))) {
      if (!entry.is_regular_file()) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      all.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    return all;
  }
  std::size_t slips() const {
    const fs::directory_iterator all(root_.at("store.files/awaited"));
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
  }
};

TEST_F(WhatsAppFiles, AreThereByteForByteOnTheTicket) {
  const std::string photo = jpeg_of(filling(50'000));
  const std::string letter = pdf_of(filling(60'000));
  complain();
  send("image", "image/jpeg", photo, "] Tidak ada dokumen");
  send("document", "application/pdf", letter, "] Kirim pengaduan");
  const std::string number = hand_in();
  ASSERT_TRUE(comes([&] { return slips() == 0; }));  // nothing is still to be fetched
  const std::string shown = ticket_with(number, ".pdf\n");
  EXPECT_NE(shown.find("image/jpeg, " + std::to_string(photo.size()) + " bytes\n"), shown.npos)
      << shown;
  EXPECT_NE(shown.find("application/pdf, " + std::to_string(letter.size()) + " bytes, surat.pdf\n"),
            shown.npos)
      << shown;
  EXPECT_EQ(shown.find("not"), shown.npos) << shown;
  auto files = kept();
  std::sort(files.begin(), files.end());
  EXPECT_EQ(files, (std::vector<std::string>{letter, photo}));  // "%PDF" comes before FF D8
}

// The one is larger than is taken, the other is no document that is taken: the complaint is there,
// and says so.
TEST_F(WhatsAppFiles, ThatAreNotTakenAreNotedOnTheTicket) {
  complain();
  send("image", "image/jpeg", jpeg_of(filling(70'000)), "] Tidak ada dokumen");
  send("document", "application/msword", std::string(2'000, 'w'), "] Kirim pengaduan");
  const std::string number = hand_in();
  ticket_with(number, "image, sent on WhatsApp, is not kept: it is larger than is taken");
  const std::string shown = ticket_with(
      number, "surat.pdf, sent on WhatsApp, is not kept: its content is of no type that is taken");
  EXPECT_NE(shown.find("is not there"), shown.npos) << shown;
  EXPECT_TRUE(kept().empty());
}

// The ticket is there before its photo; what was not fetched when the service was killed is fetched
// by the next, once the host answers again.
TEST_F(WhatsAppFiles, AreFetchedAfterTheHostRecoversAndTheServiceWasKilled) {
  const std::string photo = jpeg_of(filling(50'000));
  complain();
  set_media_faults(1);
  send("image", "image/jpeg", photo, "] Tidak ada dokumen");
  served_->kill();
  EXPECT_EQ(slips(), 1u);
  start();
  tap("Tidak ada dokumen", "] Kirim pengaduan");
  const std::string number = hand_in();
  ticket_with(number, "has still to be fetched");
  served_->kill();
  EXPECT_TRUE(kept().empty());
  start();
  set_media_faults(0);
  const std::string shown = ticket_with(number, "as it came");
  EXPECT_NE(shown.find("image/jpeg, " + std::to_string(photo.size()) + " bytes\n"), shown.npos)
      << shown;
  EXPECT_EQ(kept(), std::vector<std::string>{photo});
}

}  // namespace
}  // namespace alur::tests

// Whatever is done in a terminal: the chat that is saved replays.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "dsl/chat/parse_chat.hpp"
#include "dsl/compile/compile.hpp"
#include "dsl/finding/render.hpp"
#include "tests/tools/replay/small_app.hpp"
#include "tools/chat/talk.hpp"
#include "tools/replay/report.hpp"
#include "tools/replay/sample_services.hpp"

namespace alur::tools {
namespace {

// An app and what its citizens may do.
struct Scene {
  ReplayApp app;
  std::vector<std::string> lines;
};

Scene small_scene() {
  return {{small_app(), nullptr},
          {"halo",
           "1",
           "2",
           "3",
           "cari",
           "sepatu",
           "petugas",
           "batal",
           "stop",
           "{a}... [b]",
           ":tap 1",
           ":tap 2",
           ":send image",
           ":send reaction x",
           ":time 1s",
           ":time 10m",
           ":time 3h",
           ":fail shop.find",
           ":mend shop.find",
           ":fail shop.count",
           ":answer shop.count counted 3",
           ":answer shop.find nothing",
           ":desk closed",
           ":desk no_agent",
           ":desk accepted",
           ":lang en",
           ":lang id",
           ":back"}};
}

// Of a citizen who is about to be served by people who come and go.
Scene agents_scene() {
  return {{small_app(), nullptr},
          {"halo",
           "petugas",
           "batal",
           "1",
           ":agent ani comes online",
           ":agent budi comes online with 1 unit",
           ":agent ani accepts",
           ":agent ani accepts",
           ":agent budi accepts",
           ":agent ani declines",
           ":agent ani: Halo",
           ":agent ani sends template reminder",
           ":agent budi sends template reminder",
           ":agent ani transfers to budi \"Tolong.\"",
           ":agent ani returns",
           ":agent ani closes as done",
           ":agent ani is away",
           ":agent ani is online",
           ":agent ani is lost",
           ":agent ani is back",
           ":send reaction x",
           ":time 1s",
           ":time 25s",
           ":time 10m",
           ":time 1d",
           ":lang en",
           ":back"}};
}

Scene kontak157_scene() {
  const std::string folder = std::string(ALUR_SOURCE_DIR) + "/flows/kontak157";
  std::string error;
  static const dsl::Compilation compiled = dsl::compile(dsl::read_app_folder(folder, error));
  return {{compiled.program, read_sample_lists(folder, {}, error)},
          {"halo",
           "menu",
           "1",
           "2",
           "3",
           "4",
           "ya",
           "setuju",
           "lewati",
           "bca",
           "petugas",
           "batal",
           "english",
           "bahasa indonesia",
           "stop",
           "Rahasia Pribadi",
           "0819-8888-7777",
           "siti@contoh.id",
           "kemarin",
           "Uang saya hilang semuanya",
           "777.888.999",
           ":tap 1",
           ":tap 2",
           ":tap 3",
           ":send image",
           ":time 10m",
           ":time 5s",
           ":fail registry.lookup",
           ":fail ticket.open",
           ":mend ticket.open",
           ":desk closed",
           ":back"}};
}

std::string saved_after(const Scene& scene, const std::vector<std::string>& lines) {
  TalkSettings settings;
  settings.program = scene.app.program;
  settings.lists = scene.app.lists;
  settings.clock = scene.app.program->zone().to_instant(dsl::default_chat_clock());
  std::ostringstream out;
  Talk talk(std::move(settings), out);
  for (const std::string& line : lines) talk.line(line);
  const std::string path =
      (std::filesystem::temp_directory_path() / ("recording_" + std::to_string(getpid()) + ".chat"))
          .string();
  talk.line(":save " + path);
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void check_replays(const Scene& scene, const std::string& saved) {
  dsl::Sources sources;
  dsl::Findings findings;
  const dsl::FileId file = sources.add("saved.chat", saved);
  const dsl::ChatFile parsed = dsl::parse_chat(sources, file, findings);
  RC_ASSERT(dsl::render_text(sources, findings) == "");
  const ChatResult result = run_chat(scene.app, sources.at(file), parsed.chats.at(0), {});
  RC_ASSERT((result.passed() ? std::string() : saved + report_failure(result)) == "");
}

void check(const Scene& scene, const std::vector<std::string>& begin = {}) {
  auto lines = *rc::gen::nonEmpty(
      rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(scene.lines)));
  lines.insert(lines.begin(), begin.begin(), begin.end());
  const std::string saved = saved_after(scene, lines);
  if (saved.find("> ") == std::string::npos && saved.find("! ") == std::string::npos) return;
  check_replays(scene, saved);
}

RC_GTEST_PROP(RecordingProperty, ASmallAppsChatsReplay, ()) {
  check(small_scene());
}

RC_GTEST_PROP(RecordingProperty, ChatsOfAgentsReplay, ()) {
  check(agents_scene(), {":agent ani comes online", "halo", "petugas"});
}

RC_GTEST_PROP(RecordingProperty, Kontak157sChatsReplay, ()) {
  check(kontak157_scene());
}

// From end to end, which random lines hardly ever get to: nothing that was told is in the chat,
// told in one piece or in two, and it replays.
TEST(Recording, AWholeComplaintKeepsItsSecretsAndReplays) {
  const Scene scene = kontak157_scene();
  const std::string saved = saved_after(
      scene, {"halo", "3", "3", "setuju", "Rahasia Pribadi", "0819-8888-7777", "siti@contoh.id",
              "Bank Tertentu", "2", "kemarin", "7,5 juta", "Uang saya hilang semuanya",
              "waktu di Surabaya", "dikembalikan", "lewati", "lewati", "1"});
  for (const char* told : {"Rahasia", "8888", "siti", "Tertentu", "7,5", "7.500.000", "hilang",
                           "Surabaya", "kembalikan"}) {
    EXPECT_EQ(saved.find(told), std::string::npos) << told << " in\n" << saved;
  }
  EXPECT_NE(saved.find("Nomor tiket"), std::string::npos) << saved;
  check_replays(scene, saved);
}

// Found by the property: what somebody gave as their name stood in `com.bca` before, and `com....`
// was read as anything and a full stop.
TEST(Recording, ASecretBehindAFullStopReplays) {
  const Scene scene = kontak157_scene();
  const std::string saved =
      saved_after(scene, {"1", ":tap 1", "bca", "stop", "halo", "3", "3", "setuju", "bca"});
  EXPECT_NE(saved.find("Aplikasi: com... ("), std::string::npos) << saved;
  check_replays(scene, saved);
}

}  // namespace
}  // namespace alur::tools

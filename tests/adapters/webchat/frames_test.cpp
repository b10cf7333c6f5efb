// The frames of the web chat, text to text, and every way in which they can be cut short.
#include "adapters/webchat/frames.hpp"

#include <gtest/gtest.h>

#include <random>

namespace alur::tests {
namespace {

using namespace adapters;

// One line for what a browser sent.
std::string shown(std::string_view frame) {
  std::string why;
  const auto decoded = decode_frame(frame, why);
  if (!decoded) return "! " + why;
  if (const auto* hello = std::get_if<HelloFrame>(&*decoded)) {
    return "hello token=" + hello->token + " last=" + std::to_string(hello->last) +
           (hello->preview ? " preview" : "");
  }
  if (const auto* said = std::get_if<SaidFrame>(&*decoded)) {
    const bool tap = said->input.kind == machine::Input::Kind::tap;
    return "said id=" + said->id + " text=" + said->input.text +
           (tap ? " tap=" + machine::to_text(said->input.tap) : "") +
           (said->upload.empty() ? "" : " upload=" + said->upload + " name=" + said->file_name);
  }
  if (const auto* ack = std::get_if<AckFrame>(&*decoded)) return "ack " + std::to_string(ack->last);
  return "ping";
}

constexpr const char* no_hello = R"(! hello: wanted "v": 1, perhaps "token", and "last")";
constexpr const char* no_message =
    R"(! message: wanted "id", of 1 to 64 visible characters, and "text", "tap" or "upload")";
constexpr const char* no_ack = R"(! ack: wanted "last", the id of a message)";
constexpr const char* no_frame = R"(! the frame is no JSON object with a "type")";

TEST(Frames, OfABrowser) {
  const std::string tap = machine::to_text(machine::Tap{3, 77, 0});
  const std::pair<std::string, std::string> table[] = {
      {R"({"type":"hello","v":1,"last":"0"})", "hello token= last=0"},
      {R"({"type":"hello","v":1,"token":"a.b","last":"18446744073709551615"})",
       "hello token=a.b last=18446744073709551615"},
      {R"({"type":"hello","v":1,"last":"0","preview":true})", "hello token= last=0 preview"},
      {R"({"type":"hello","v":1,"last":"0","preview":"yes"})", "hello token= last=0"},
      {R"({"type":"hello","v":2,"last":"0"})", no_hello},
      {R"({"type":"hello","v":"1","last":"0"})", no_hello},
      {R"({"type":"hello","v":1})", no_hello},
      {R"({"type":"hello","v":1,"last":7})", no_hello},
      {R"({"type":"hello","v":1,"last":"-7"})", no_hello},
      {R"({"type":"hello","v":1,"last":"7x"})", no_hello},
      {R"({"type":"hello","v":1,"last":"18446744073709551616"})", no_hello},
      {R"({"type":"hello","v":1,"token":null,"last":"0"})", no_hello},
      {R"({"type":"message","id":"b-1","text":"halo"})", "said id=b-1 text=halo"},
      {R"({"type":"message","id":"b-1","text":"A","tap":")" + tap + R"("})",
       "said id=b-1 text=A tap=" + tap},
      // A tap that is none is one on nothing that we sent.
      {R"({"type":"message","id":"b-1","tap":"nonsense"})", "said id=b-1 text= tap=0-0"},
      {R"({"type":"message","id":"","text":"halo"})", no_message},
      {R"({"type":"message","id":"a b","text":"halo"})", no_message},
      {R"({"type":"message","id":"b-1"})", no_message},
      {R"({"type":"message","id":"b-1","text":7})", no_message},
      {R"({"type":"message","id":"b-1","text":"halo","tap":7})", no_message},
      {R"({"type":"message","id":")" + std::string(65, 'x') + R"(","text":"halo"})", no_message},
      {R"({"type":"message","id":"b","text":")" + std::string(said_bytes_max, 'x') + R"("})",
       "said id=b text=" + std::string(said_bytes_max, 'x')},
      {R"({"type":"message","id":"b","text":")" + std::string(said_bytes_max + 1, 'x') + R"("})",
       no_message},
      {R"({"type":"message","id":"b-1","upload":"u-1","name":"foto.jpg","text":"ini"})",
       "said id=b-1 text=ini upload=u-1 name=foto.jpg"},
      {R"({"type":"message","id":"b-1","upload":"u-1"})", "said id=b-1 text= upload=u-1 name="},
      {R"({"type":"message","id":"b-1","upload":""})", no_message},
      {R"({"type":"message","id":"b-1","upload":"a b"})", no_message},
      {R"({"type":"message","id":"b-1","upload":"u-1","tap":"1-2"})", no_message},
      {R"({"type":"message","id":"b-1","upload":"u-1","name":7})", no_message},
      {R"({"type":"ack","last":"17"})", "ack 17"},
      {R"({"type":"ack"})", no_ack},
      {R"({"type":"ping"})", "ping"},
      {R"({"type":"pong"})", "! there is no such type of frame"},
      {R"({"type":7})", no_frame},
      {R"({})", no_frame},
      {R"([])", no_frame},
      {"", no_frame},
      {"\xff\xfe", no_frame},
      {R"({"type":"ping"} trailing)", no_frame},
      {std::string(10'000, '['), no_frame},
      {R"({"type":"ping","x":")" + std::string(frame_bytes_max, 'x') + R"("})", no_frame},
  };
  for (const auto& [frame, expected] : table) {
    EXPECT_EQ(shown(frame), expected) << frame.substr(0, 200);
  }
}

TEST(Frames, AnyBytesMayCome) {
  const std::string good[] = {R"({"type":"hello","v":1,"token":"a","last":"7"})",
                              R"({"type":"message","id":"b","text":"\u00e9\ud83d\ude00"})",
                              R"({"type":"ack","last":"17"})"};
  std::mt19937 random(7);
  std::size_t refused = 0;
  for (const std::string& frame : good) {
    ASSERT_NE(shown(frame)[0], '!') << frame;
    for (std::size_t length = 0; length < frame.size(); ++length) {
      EXPECT_EQ(shown(frame.substr(0, length))[0], '!') << frame.substr(0, length);
    }
    for (int i = 0; i < 2'000; ++i) {
      std::string broken = frame;
      broken[random() % broken.size()] = static_cast<char>(random());
      refused += shown(broken)[0] == '!' ? 1u : 0u;
    }
  }
  EXPECT_GT(refused, 3'000u);
}

TEST(Frames, OfTheService) {
  ports::Outgoing message;
  message.id = 18446744073709551615u;
  message.address = "webchat:somebody";
  message.shown.kind = machine::Shown::Kind::buttons;
  message.shown.text = "Which?";
  message.shown.choices = {{"1-2", "A", ""}, {"1-3", "B", "a hint"}};
  EXPECT_EQ(encode_message(message),
            R"({"type":"message","id":"18446744073709551615","kind":"buttons","text":"Which?",)"
            R"("choices":[{"tap":"1-2","label":"A"},{"tap":"1-3","label":"B","hint":"a hint"}]})");
  EXPECT_EQ(encode_welcome("t", true), R"({"type":"welcome","v":1,"token":"t","fresh":true})");
  EXPECT_EQ(encode_ack("b-1", ports::Verdict::duplicate),
            R"({"type":"ack","id":"b-1","verdict":"duplicate"})");
  EXPECT_EQ(encode_pong(), R"({"type":"pong"})");
  EXPECT_EQ(encode_bye("why \"so\""), R"({"type":"bye","reason":"why \"so\""})");
}

}  // namespace
}  // namespace alur::tests

#include "tools/chat/secrets.hpp"

#include <gtest/gtest.h>

#include "tests/tools/replay/small_app.hpp"

namespace alur::tools {
namespace {

using value::plain_type;
using value::TypeKind;
using value::Value;

const std::string gap(Secrets::gap);

TEST(Secrets, SamplesOfTheSameKind) {
  Secrets secrets;
  const program::Program& program = *small_app();
  const auto keep = [&](std::string_view typed, const Value& value, TypeKind kind) {
    return secrets.keep(typed, value, plain_type(kind), program);
  };
  EXPECT_EQ(keep("Budi Santoso", Value("Budi Santoso"), TypeKind::text), "Xxxx Xxxxxxx");
  EXPECT_EQ(keep("0812-3456-7890", Value("+6281234567890"), TypeKind::phone), "081200000000");
  EXPECT_EQ(keep("a@b.id", Value("a@b.id"), TypeKind::email), "contoh@contoh.id");
  EXPECT_EQ(keep("1,5 juta", Value::integer(1'500'000), TypeKind::number), "1000000");
  // What was not taken keeps its shape, so that it is refused again.
  EXPECT_EQ(keep("0812-O", Value(), TypeKind::phone), "0000-X");
}

TEST(Secrets, NoFormOfThemIsLeft) {
  Secrets secrets;
  const program::Program& program = *small_app();
  secrets.keep(" 1,5 juta", Value::integer(1'500'000), plain_type(TypeKind::number), program);
  secrets.keep("budi santoso", Value("budi santoso"), plain_type(TypeKind::text), program);
  secrets.keep("0812-3456-7890", Value("+6281234567890"), plain_type(TypeKind::phone), program);
  EXPECT_EQ(secrets.gapped("Halo Budi Santoso (budi santoso), Rp1.500.000 atau 1,500,000, "
                           "+6281234567890, \u2022\u20227890."),
            "Halo " + gap + " (" + gap + "), " + gap + " atau " + gap + ", " + gap + ", \u2022" +
                gap + ".");
  EXPECT_EQ(secrets.disguised("nama saya budi santoso"), "nama saya xxxx xxxxxxx");
}

// A chat that was recorded held what a citizen had told in two messages: the pieces of a gathered
// text were not taken when they were typed, and so nothing was known to be hidden.
TEST(Secrets, HidesThePiecesOfWhatIsGathered) {
  Secrets secrets;
  const program::Program& program = *small_app();
  secrets.keep("uang saya hilang", Value(), plain_type(TypeKind::text), program);
  secrets.keep("di bank itu", Value(), plain_type(TypeKind::text), program);
  EXPECT_EQ(secrets.gapped("Kejadian: uang saya hilang\ndi bank itu"),
            "Kejadian: " + gap + "\n" + gap);
}

// A sample of 1 for an amount was taken as the first choice of the same question, and the chat went
// another way.
TEST(Secrets, SampleNumbersAreNoPositions) {
  Secrets secrets;
  value::Type few = plain_type(TypeKind::integer);
  few.low = 1;
  few.high = 90;
  EXPECT_EQ(secrets.keep("30", Value::integer(30), few, *small_app()), "90");
}

}  // namespace
}  // namespace alur::tools

// Certificates and keys as files: what is wrong with them is said in one line.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/adapters/webchat/made_certificate.hpp"

namespace alur::tests {
namespace {

namespace fs = std::filesystem;
using namespace adapters;

class Tls : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "alur_tls_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
  }
  void TearDown() override { fs::remove_all(root_); }

  std::string fault_of(const TlsFiles& files) {
    std::string error;
    const auto pair = TlsPair::read(files, error);
    EXPECT_EQ(pair == nullptr, !error.empty());
    return error.starts_with(root_) ? error.substr(root_.size() + 1) : error;
  }

  std::string root_;
};

TEST_F(Tls, APairIsReadWithItsTimes) {
  const TlsFiles files = make_certificate(root_, "one", -60, 3'600);
  std::string error;
  const auto pair = TlsPair::read(files, error);
  ASSERT_TRUE(pair) << error;
  EXPECT_EQ(pair->until_seconds() - pair->from_seconds(), 3'660);
}

TEST_F(Tls, WhatIsNoPairIsToldInOneLine) {
  const TlsFiles one = make_certificate(root_, "one", -60, 3'600);
  const TlsFiles two = make_certificate(root_, "two", -60, 3'600);
  EXPECT_EQ(fault_of({one.certificate, two.key}), "two.key: is not the key to " + one.certificate);
  const std::string no_certificate = ": cannot be read as a certificate in PEM: ";
  EXPECT_TRUE(fault_of({root_ + "/none", one.key}).starts_with("none" + no_certificate));
  EXPECT_TRUE(fault_of({one.key, one.key}).starts_with("one.key" + no_certificate));
  const std::string no_key = ": cannot be read as a key in PEM without a password: ";
  EXPECT_TRUE(fault_of({one.certificate, root_ + "/none"}).starts_with("none" + no_key));
  std::ofstream(root_ + "/empty");
  EXPECT_TRUE(fault_of({one.certificate, root_ + "/empty"}).starts_with("empty" + no_key));
}

}  // namespace
}  // namespace alur::tests

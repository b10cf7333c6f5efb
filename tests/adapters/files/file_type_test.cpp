// What a file is, whatever it is called: what begins as a browser's food is nothing, and what is
// two things at once is the one that it begins as.
#include "engine/ports/file_type.hpp"

#include <gtest/gtest.h>

#include "engine/ports/files.hpp"
#include "tests/adapters/files/sample_files.hpp"

namespace alur::tests {
namespace {

using namespace std::string_view_literals;

std::string type_of(std::string_view content) {
  const ports::FileType* type = ports::type_of_content(content.substr(0, ports::type_bytes));
  return type ? std::string(type->name) : "none";
}

TEST(FileType, IsToldByHowTheContentBegins) {
  const struct {
    std::string content;
    std::string type;
  } cases[] = {
      {jpeg_of(), "jpeg"},
      {png_of(), "png"},
      {pdf_of(), "pdf"},
      {std::string("RIFF\x10\0\0\0WEBPVP8 "sv), "webp"},
      {"GIF89a and so on and on", "gif"},
      {std::string("\0\0\0\x18"
                   "ftypheic\0\0\0\0"sv),
       "heic"},
      // What is run or read by something is none of them.
      {"<html><script>alert(1)</script>", "none"},
      {"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\">", "none"},
      {"<svg onload=alert(1)>        ", "none"},
      {"MZ\x90 a program for Windows", "none"},
      {"\x7f"
       "ELF a program for this machine",
       "none"},
      {"PK\x03\x04 an archive, or a letter of an office", "none"},
      {"#!/bin/sh\nrm -rf /\n", "none"},
      {"", "none"},
      {"\xff\xd8", "none"},
      // Two things at once: readers of PDF look for its mark further on, we do not.
      {"<html>%PDF-1.7", "none"},
      {" %PDF-1.7 with a blank before it", "none"},
      {std::string("RIFF\x10\0\0\0WAVEfmt "sv), "none"},
      {std::string("\x89PNG\r\n\x1a\n<html>....IHDR"sv), "none"},
      {jpeg_of("<html><script>alert(1)</script>"), "jpeg"},
      {"%PDF-1.7\n<html><script>", "pdf"},
  };
  for (const auto& [content, type] : cases) EXPECT_EQ(type_of(content), type) << content;
}

TEST(FileName, OfACitizenIsForPeopleToReadOnly) {
  const struct {
    std::string name;
    std::string clean;
  } cases[] = {
      {"foto bukti.jpg", "foto bukti.jpg"},
      {"../../etc/passwd", "passwd"},
      {"C:\\Users\\siti\\surat.pdf", "surat.pdf"},
      {"/", ""},
      {"..", ""},
      {".htaccess", "htaccess"},
      {"a\nb\r\x1b[31mc\x7f.png", "ab[31mc.png"},
      {"surat \xe2\x80\xae"
       "fdp.exe",
       "surat fdp.exe"},                       // the right-to-left override
      {"\xef\xbb\xbfsurat.pdf", "surat.pdf"},  // a byte order mark
      {"kuitansi \xe2\x82\xac 5.pdf", "kuitansi \xe2\x82\xac 5.pdf"},
      {"no \xff\xfe utf-8 \xe2\x82", "no  utf-8 "},
      {"<script>.png", "<script>.png"},  // whoever shows it knows what it is shown in
      {std::string(99, 'a') + "\xe2\x82\xac", std::string(99, 'a')},
  };
  for (const auto& [name, clean] : cases) EXPECT_EQ(ports::clean_file_name(name), clean) << name;
}

TEST(FileReference, IsReadOrNone) {
  const std::string id(ports::file_id_length, 'a');
  const std::string digest(ports::file_digest_length, '0');
  const std::string text = ports::file_reference(id, digest);
  const auto read = ports::parse_reference(text);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->id, id);
  EXPECT_EQ(read->digest, digest);
  for (std::size_t length = 0; length < text.size(); ++length) {
    EXPECT_FALSE(ports::parse_reference(text.substr(0, length)));
  }
  EXPECT_FALSE(ports::parse_reference(text + "0"));
  EXPECT_FALSE(ports::parse_reference("https://example.org/a.png"));
  std::string upward = text;
  upward.replace(ports::reference_begin.size(), 6, "../../");
  EXPECT_FALSE(ports::parse_reference(upward));
}

}  // namespace
}  // namespace alur::tests

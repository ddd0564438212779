// Assertions and the list of cases: all the framework that these programs need.
//
// Thread: the one that runs the cases; a failed check leaves its case by an exception.
#pragma once

#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace urocket::test {

struct Case {
  const char* title;
  void (*body)();
};

// Every CASE of the program, in the order of the files that it is linked from.
inline std::vector<Case>& cases() {
  static std::vector<Case> all;
  return all;
}

// Leaves a case that this machine can't run; the reason is printed.
struct Skipped : std::runtime_error {
  using std::runtime_error::runtime_error;
};

[[noreturn]] inline void fail(const char* file, int line, const std::string& message) {
  throw std::runtime_error(std::string(file) + ':' + std::to_string(line) + ": " + message);
}

template <typename Actual, typename Expected>
void check_equal(const char* file, int line, const char* what, const Actual& actual, const Expected& expected) {
  if (actual == expected) return;
  std::ostringstream message;
  message << "expected " << what << " to be " << expected << ", got " << actual;
  fail(file, line, message.str());
}

}  // namespace urocket::test

#define CHECK(...) ((__VA_ARGS__) ? void() : ::urocket::test::fail(__FILE__, __LINE__, "expected " #__VA_ARGS__))
#define CHECK_EQUAL(actual, expected) ::urocket::test::check_equal(__FILE__, __LINE__, #actual, (actual), (expected))

#define UROCKET_JOIN_(left, right) left##right
#define UROCKET_JOIN(left, right) UROCKET_JOIN_(left, right)
#define CASE(title)                                                             \
  static void UROCKET_JOIN(case_, __LINE__)();                                  \
  [[maybe_unused]] static const bool UROCKET_JOIN(listed_, __LINE__) = [] {     \
    ::urocket::test::cases().push_back({title, UROCKET_JOIN(case_, __LINE__)}); \
    return true;                                                                \
  }();                                                                          \
  static void UROCKET_JOIN(case_, __LINE__)()

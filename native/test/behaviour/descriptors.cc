// Which descriptors a child has: 0, 1, 2, those it was promised, and no other.
#include <fcntl.h>
#include <sys/stat.h>

#include <sstream>

#include "../session.h"
#include "../surroundings.h"

namespace urocket::test {
namespace {

struct Listed {
  std::string identity;  // device:inode
  int close_on_exec = -1;
};

std::map<int, Listed> list_of(const ExitRecord& record) {
  CHECK(record.ending == Ending::kExit);
  std::istringstream lines(text(record.output.data));
  std::map<int, Listed> all;
  int number = 0;
  Listed listed;
  while (lines >> number >> listed.identity >> listed.close_on_exec) all[number] = listed;
  return all;
}

std::string identity(int fd) {
  struct stat info{};
  CHECK_EQUAL(::fstat(fd, &info), 0);
  return std::to_string(info.st_dev) + ':' + std::to_string(info.st_ino);
}

// Open files of ours at given numbers.
class Files {
 public:
  explicit Files(std::initializer_list<int> numbers) {
    for (int number : numbers) {
      std::string path = directory_.file(std::to_string(number), "");
      Fd file(::open(path.c_str(), O_RDWR | O_CLOEXEC));
      CHECK(::fcntl(number, F_GETFD) < 0);
      CHECK_EQUAL(::dup2(file.get(), number), number);  // and not closed on exec
      files_[number] = Fd(number);
    }
  }
  std::string at(int number) const { return identity(number); }

 private:
  TemporaryDirectory directory_;
  std::map<int, Fd> files_;
};

CASE("a child has three descriptors, whatever we have open") {
  Session session;
  Files stray{100, 101, 555, 1000};
  std::map<int, Listed> all = list_of(session.run(fixture({"descriptors"})));
  CHECK_EQUAL(all.size(), 3U);
  CHECK_EQUAL(all[0].identity, identity(Fd(::open("/dev/null", O_RDONLY | O_CLOEXEC)).get()));
  for (int number : {0, 1, 2}) CHECK_EQUAL(all[number].close_on_exec, 0);
}

CASE("promised descriptors appear under their numbers, in whatever way these overlap with ours") {
  Session session;
  Files ours{60, 61, 62, 63};
  const std::vector<std::pair<int, int>> plans[] = {
      {{60, 3}},
      {{60, 3}, {61, 4}, {62, 9}},
      {{60, 61}, {61, 60}},                    // a swap
      {{60, 61}, {61, 62}, {62, 60}},          // a ring
      {{63, 62}, {62, 61}, {61, 60}},          // a chain down
      {{60, 61}, {61, 62}, {62, 63}},          // a chain up
      {{60, 60}},                              // its own number
      {{60, 3}, {60, 4}, {60, 60}, {61, 200}}  // one several times
  };
  for (const auto& plan : plans) {
    SpawnSpec spec = fixture({"descriptors"});
    spec.descriptors = plan;
    std::map<int, Listed> all = list_of(session.run(std::move(spec)));
    CHECK_EQUAL(all.size(), 3 + plan.size());
    for (auto [from, to] : plan) {
      CHECK_EQUAL(all[to].identity, ours.at(from));
      CHECK_EQUAL(all[to].close_on_exec, 0);
    }
  }
}

CASE("a child gets its descriptors right when ours occupy or leave free the first three") {
  for (bool free_all : {false, true}) {
    std::map<int, Fd> saved;
    for (int number : {0, 1, 2}) {
      if (free_all || number == 1) saved[number] = Fd(::fcntl(number, F_DUPFD_CLOEXEC, 10));
    }
    for (auto& [number, copy] : saved) ::close(number);
    std::map<int, Listed> all;
    std::string fault;
    try {
      Session session;
      SpawnSpec spec = fixture({"descriptors"});
      spec.input.kind = InputSpec::Kind::kBytes;
      spec.error.kind = OutputSpec::Kind::kMerge;
      all = list_of(session.run(std::move(spec)));
    } catch (const std::exception& error) {
      fault = error.what();
    }
    for (auto& [number, copy] : saved) ::dup2(copy.get(), number);
    CHECK_EQUAL(fault, "");
    CHECK_EQUAL(all.size(), 3U);
    CHECK_EQUAL(all[1].identity, all[2].identity);
    CHECK(all[0].identity != all[1].identity);
  }
}

CASE("hundreds of strays are closed, below, between and above the promised ones") {
  Session session;
  std::vector<Fd> strays;
  for (int i = 0; i < 300; i++) strays.emplace_back(::open("/dev/null", O_RDONLY));
  Files ours{900};
  SpawnSpec spec = fixture({"descriptors"});
  spec.descriptors = {{900, 50}, {strays[100].get(), 51}, {900, 400}};
  std::map<int, Listed> all = list_of(session.run(std::move(spec)));
  CHECK_EQUAL(all.size(), 6U);
  CHECK_EQUAL(all[50].identity, ours.at(900));
  CHECK_EQUAL(all[400].identity, ours.at(900));
}

}  // namespace
}  // namespace urocket::test

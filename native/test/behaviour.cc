// Runs every case of behaviour/ with all features of this kernel and with each fallback in their place:
// `behaviour FIXTURE [PART OF A TITLE]`. After each case nothing may be left: no child, descriptor or thread.
#include <cstdio>
#include <cstring>
#include <set>

#include "behaviour/host.h"
#include "leftovers.h"
#include "session.h"

namespace urocket::test {
namespace {

struct Kernel {
  const char* name;
  Features features;
  bool apart = false;
};

std::vector<Kernel> kernels() {
  Features all = probe_features();
  std::vector<Kernel> list{{"as it is", all}};
  auto add = [&](const char* name, auto change) {
    list.push_back({name, all});
    change(list.back().features);
  };
  add("without shared memory", [](Features& features) { features.shared_memory = false; });
  add("without clone3", [](Features& features) { features.clone3 = false; });
  add("without pidfd", [](Features& features) { features.pidfd = features.group_signal = false; });
  add("without group signals", [](Features& features) { features.group_signal = false; });
  add("without close_range", [](Features& features) { features.close_range = false; });
  add("without any of them", [](Features& features) { features = {false, false, false, false, false}; });
  // The first thing that such a start depends on is clone3.
  list.push_back({"as it is, by threads of their own", all, true});
  add("without clone3, by threads of their own", [](Features& features) { features.clone3 = false; });
  list.back().apart = true;
  return list;
}

std::string run_case(const Case& one, bool* skipped) {
  Before before;
  leaders().clear();
  std::string fault;
  try {
    one.body();
  } catch (const Skipped& reason) {
    *skipped = true;
    return reason.what();
  } catch (const std::exception& error) {
    fault = error.what();
  }
  std::string left = what_is_left(before);
  return fault.empty() ? left : fault;
}

int run_all(const char* part) {
  int failed = 0;
  int count = 0;
  std::set<std::string> skipped;
  for (const Kernel& kernel : kernels()) {
    features() = kernel.features;
    apart() = kernel.apart;
    for (const Case& one : cases()) {
      if (std::strstr(one.title, part) == nullptr) continue;
      bool skip = false;
      std::string fault = run_case(one, &skip);
      count++;
      if (skip) {
        skipped.insert(std::string(one.title) + ": " + fault);
      } else if (!fault.empty()) {
        failed++;
        std::printf("FAILED on a kernel %s: %s\n  %s\n", kernel.name, one.title, fault.c_str());
      }
    }
  }
  for (const std::string& title : skipped) std::printf("skipped: %s\n", title.c_str());
  std::printf("%zu cases on %zu kernels, %d of %d failed\n", cases().size(), kernels().size(), failed, count);
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace urocket::test

int main(int count, char** words) {
  using namespace urocket::test;
  if (count < 2) {
    std::fprintf(stderr, "usage: behaviour FIXTURE [PART OF A TITLE]\n");
    return 2;
  }
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  fixture_path() = words[1];
  if (count > 2 && std::strcmp(words[2], kHostMode) == 0) return be_a_host();
  start_from_here();
  return run_all(count > 2 ? words[2] : "");
}

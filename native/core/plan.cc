#include "plan.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <string_view>

namespace urocket {
namespace {

// Where a program without a slash is looked for when its environment has no PATH; as confstr(3) and shells have it.
constexpr std::string_view kDefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

void split(std::string& strings, std::vector<char*>* pointers) {
  pointers->clear();
  char* end = strings.data() + strings.size();
  for (char* at = strings.data(); at < end; at += std::strlen(at) + 1) pointers->push_back(at);
  pointers->push_back(nullptr);
}

std::string_view search_path(const std::vector<char*>& envp) {
  for (const char* variable : envp) {
    if (variable != nullptr && std::strncmp(variable, "PATH=", 5) == 0) return variable + 5;
  }
  return kDefaultPath;
}

}  // namespace

void Plan::prepare(SpawnSpec& spec, const Features& features) {
  child_ = ChildPlan{};
  moves_.clear();
  split(spec.argv, &argv_);
  split(spec.env, &envp_);
  find_candidates(spec.file.empty() ? argv_[0] : spec.file.c_str());
  child_.candidates = candidates_.data();
  child_.argv = argv_.data();
  child_.envp = envp_.data();
  child_.cwd = spec.cwd.empty() ? nullptr : spec.cwd.c_str();
  child_.parent = ::getpid();
  child_.new_session = spec.new_session;
  child_.close_range = features.close_range;
  child_.confinement = spec.confinement.get();
  if (spec.confinement != nullptr && spec.confinement->oom_score_adj) {
    oom_score_adj_ = std::to_string(*spec.confinement->oom_score_adj);
    child_.oom_score_adj = oom_score_adj_.c_str();
  }
  for (const auto& [ours, theirs] : spec.descriptors) move(ours, theirs);
}

void Plan::move(int ours, int theirs) { moves_.push_back({ours, theirs}); }

void Plan::copy(int other, int theirs) {
  for (const DescriptorMove& known : moves_) {
    if (known.theirs != other) continue;
    move(known.ours, theirs);
    return;
  }
}

int Plan::last_moved() const {
  int last = -1;
  for (const DescriptorMove& move : moves_) last = std::max(last, move.ours);
  return last;
}

ChildPlan* Plan::seal() {
  std::sort(moves_.begin(), moves_.end(),
            [](const DescriptorMove& left, const DescriptorMove& right) { return left.theirs < right.theirs; });
  child_.moves = moves_.data();
  child_.move_count = moves_.size();
  return &child_;
}

void Plan::find_candidates(const char* file) {
  paths_.clear();
  candidates_.clear();
  // An empty name would make every directory of the PATH a candidate; execve then says ENOENT, as it should.
  if (*file == '\0' || std::strchr(file, '/') != nullptr) {
    candidates_ = {file, nullptr};
    return;
  }
  std::string_view path = search_path(envp_);
  for (;;) {
    size_t colon = path.find(':');
    std::string_view directory = path.substr(0, colon);
    // An empty element is the working directory (environ(7)).
    paths_.push_back(directory.empty() ? std::string(file) : std::string(directory) + '/' + file);
    if (colon == std::string_view::npos) break;
    path.remove_prefix(colon + 1);
  }
  for (const std::string& candidate : paths_) candidates_.push_back(candidate.c_str());
  candidates_.push_back(nullptr);
}

}  // namespace urocket

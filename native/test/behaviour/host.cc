#include "host.h"

#include <unistd.h>

#include "../session.h"

namespace urocket::test {

int be_a_host() {
  features() = probe_features();
  Session session;
  SpawnSpec spec = fixture({"wait"});
  spec.output = {OutputSpec::Kind::kStream, -1, 65536};
  spec.descriptors = {{3, 3}};
  ProcessId id = session.spawn(std::move(spec));
  session.wait_output(id, "ready\n");
  ::close(3);
  if (::write(1, "ready\n", 6) != 6) return 1;
  session.wait_exit(id);
  return 0;
}

}  // namespace urocket::test

import { availableParallelism, totalmem } from "node:os";
import type { Probe } from "../../process/index.ts";
import { sizeText } from "../figures.ts";

/** What this machine offers to the supervisor, in plain words; a line that begins with `-` tells of a fallback. */
export function describeMachine(machine: Probe): string[] {
  const { kernel, sharedMemory, clone3, pidfd, groupSignal, closeRange, subreaper, setuid, kill } = machine;
  return [
    `Linux ${kernel}, ${availableParallelism()} CPUs, ${sizeText(totalmem())} of memory`,
    sharedMemory
      ? "+ shared memory: a start costs the same however much memory urocket has"
      : "- no shared memory between us and what starts, as in emulators: starts are slow",
    clone3
      ? "+ clone3: a process is in its cgroup from its first instruction"
      : "- no clone3: clone stands in, and a process enters its cgroup by itself before it runs its program",
    pidfd ? "+ pidfd: processes are watched without a thread for each" : "- no pidfd: a thread waits for each process",
    groupSignal
      ? "+ group signals by pidfd: an ended process leaves nothing behind while its group goes on"
      : "- no group signals by pidfd (Linux 6.9): an ended process stays a zombie while its group goes on",
    closeRange
      ? "+ close_range: descriptors are closed by one call"
      : "- no close_range: descriptors are closed one by one, as /proc/self/fd lists them",
    subreaper
      ? "+ orphans of processes come to urocket and are reaped"
      : "- /proc has no lists of children: orphans of processes are left to the init of this system",
    setuid
      ? kill
        ? "+ processes can run as other users"
        : "- processes can run as other users and not be ended: CAP_KILL is missing"
      : "- processes run as the user of urocket: CAP_SETUID and CAP_SETGID are missing",
    ...describeCgroup(machine.cgroup),
  ];
}

function describeCgroup({ own, writable, controllers }: Probe["cgroup"]): string[] {
  if (own === null) return ["- no cgroup v2: `cgroup` comes down to resource limits"];
  if (!writable) return [`- ${own} is not ours to write: \`cgroup\` comes down to resource limits`];
  const missing = Object.keys(INSTEAD).filter((name) => !controllers.includes(name));
  return [
    `+ cgroup v2 below ${own}: ${controllers.length === 0 ? "no controllers" : controllers.join(", ")}`,
    ...missing.map((name) => `- no cgroup controller \`${name}\`: ${INSTEAD[name]}`),
  ];
}

/** What bounds a process where a controller is missing. */
const INSTEAD: Readonly<Record<string, string>> = {
  memory: "RLIMIT_AS bounds the address space of each of its processes",
  pids: "RLIMIT_NPROC bounds all processes of its user, and none of root's",
  cpu: "nothing bounds its share of the CPUs",
};

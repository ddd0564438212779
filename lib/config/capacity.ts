/** What bounds the number of processes here. Infinity where nothing does. */
export interface Machine {
  /** CPUs that we may use, parts of one too. */
  readonly cpus: number;
  /** Bytes of memory that we may use. */
  readonly memory: number;
  /** Descriptors that we may open. */
  readonly descriptors: number;
  /** Processes and threads that we may have. */
  readonly processes: number;
}

/** How many processes may run at once, and how many messages wait for one of them to end. */
export interface Capacity {
  readonly processes: number;
  readonly queue: number;
}

/*
 * The defaults of `limits.processes` and `limits.queue`, with their reasons:
 *
 * - A script mostly waits, for a database or another service. With 16 for each CPU the CPUs are busy when each works a
 *   sixteenth of its time; more of them would only share the same CPUs and take memory.
 * - A script in an interpreter takes some tens of MiB: together they are to stay within the memory there is.
 * - Of the descriptors, a process with its caller takes up to 8 (connection, pidfd, three pipes with two ends while it
 *   starts); 256 are left to everything else. Of the processes of our user, half are left to it.
 * - The line takes four for each that runs: even if each of them runs into the default timeout of a second with its
 *   grace, the last in line has its turn after 6 s, within the default `limits.queuetimeout` of 10 s.
 */
const PROCESSES_PER_CPU = 16;
const MEMORY_PER_PROCESS = 64 * 1024 ** 2;
const DESCRIPTORS_PER_PROCESS = 8;
const OTHER_DESCRIPTORS = 256;
const QUEUE_PER_PROCESS = 4;

/** As many processes as suit the machine, and the line that suits this number; `processes` overrides the first. */
export function capacityOf(machine: Machine, processes = processesFor(machine)): Capacity {
  return { processes, queue: processes * QUEUE_PER_PROCESS };
}

function processesFor({ cpus, memory, descriptors, processes }: Machine): number {
  const most = Math.min(
    cpus * PROCESSES_PER_CPU,
    memory / MEMORY_PER_PROCESS,
    (descriptors - OTHER_DESCRIPTORS) / DESCRIPTORS_PER_PROCESS,
    processes / 2,
  );
  return Math.max(1, Math.floor(most));
}

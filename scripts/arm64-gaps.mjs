const REAL_TIME = "qemu gives the real-time signals other numbers, for it needs some itself";
const OWN_STAT = "qemu makes up our own /proc/self/stat, without the session that the test compares with";
const ADDRESS_SPACE = "qemu sets no bound on address space, for it would be bound itself";
const THREADS = "qemu itself gives up where it may not start a thread";
const FORK =
  "qemu shares no memory with what starts: it forks, slowly, and of a program with so many threads the child may hang";
const SUBREAPER = "qemu refuses PR_SET_CHILD_SUBREAPER";

/** Tests that qemu's user emulation can't pass: title, and what it lacks. */
export const EMULATION_GAPS = [
  ["every signal that ends a process arrives by its name, real-time ones too", REAL_TIME],
  ["each process leads a session and a group of its own, or only a group if asked", OWN_STAT],
  ["bounds on resources are in force, soft and hard", ADDRESS_SPACE],
  ["a bound on memory is met by the program, not by us", ADDRESS_SPACE],
  ["half of the controllers: the rest falls back to rlimits, and a warning says what is bounded then", ADDRESS_SPACE],
  ["a bound of the spec's own rlimits stands above the fallback", ADDRESS_SPACE],
  ["when we ourselves may have no more processes, starts fail with EAGAIN until there is room", THREADS],
  ["fifty supervisors can live side by side", FORK],
  ["a thousand processes can be ended at once", FORK],
  ["a subreaper reaps the orphans of its processes, and node its own children", SUBREAPER],
  ["as PID 1 no zombie stays, whatever the processes leave behind", SUBREAPER],
];

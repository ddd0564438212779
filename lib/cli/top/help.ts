/** The keys in one line. */
export const KEYS = "q quit   j/k select   x kill   s sort   ? help";

/** What the keys do and what the columns are. */
export const HELP: readonly string[] = [
  "urocket top",
  "",
  "  q, Ctrl-C        quit",
  "  j, k, arrows     select a process",
  "  g, G             select the first, the last",
  "  x                kill the selected process, after a y; this needs the token of the admin port",
  "  s                sort by age, CPU, memory, route",
  "  Ctrl-Z           suspend",
  "  ?                this page",
  "",
  "  The rate at the top is that of the last five seconds, the latencies are those of the last second that had",
  "  replies. REQ/S, P50 and P99 of a route are those of the last minute, CPU and memory those of its processes",
  "  that ended.",
];

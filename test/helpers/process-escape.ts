import type { TestContext } from "node:test";
import { cleanUp } from "./clean-up.ts";
import { alive } from "./process-proc.ts";

/**
 * Shell text that runs `script` in a session of its own, out of reach of the group, and goes on when it is there: `$pid`
 * is its process id. It holds the shell's standard output open.
 */
export function escaping(script: string): string {
  // The substitution goes on when the new session has given back the pipe on which it told its pid.
  return `exec 3>&1; pid=$(setsid sh -c 'echo $$; exec >&3 3>&-; ${script}' &); exec 3>&-`;
}

/** Ends a process that nobody else will, after the test. */
export function endAfter(t: TestContext, pid: number): void {
  if (!(pid > 1)) throw new Error(`expected a pid, got ${pid}`);
  cleanUp(t, () => {
    if (alive(pid)) process.kill(pid, "SIGKILL");
  });
}

import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { TestContext } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { builtProgram } from "../helpers/built.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { until } from "../helpers/until.ts";

const PTY = join(import.meta.dirname, "../fixtures/terminal_screen.py");

/** Where a frame begins, and what comes after it. */
const HOME = "\x1b[H";
const REST = "\x1b[J";

/** How the program ended, and whether it left the terminal as it was. */
export interface Left {
  readonly ended: number;
  readonly cooked: boolean;
}

/** `urocket top` on a terminal. */
export class TopTerminal {
  readonly #child;
  #output = "";
  #pid = 0;
  #left: Left | undefined;

  constructor(t: TestContext, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const words = [PTY, process.execPath, builtProgram(), "top", ...args];
    // Whoever runs the tests may have chosen to see no colours.
    const { NO_COLOR: _, ...own } = process.env;
    this.#child = spawn("python3", words, {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...own, TERM: "xterm", ...env },
    });
    createInterface({ input: this.#child.stdout }).on("line", (line) => this.#hear(JSON.parse(line)));
    cleanUp(t, () => {
      if (this.#left === undefined && this.#pid > 0) process.kill(this.#pid, "SIGKILL");
      this.#child.kill("SIGKILL");
    });
  }

  /** All that was written. */
  get output(): string {
    return this.#output;
  }

  /** The lines of the last frame that is complete, without what sets parts of it off. */
  get screen(): string[] {
    const [frame = ""] = this.#output.split(HOME).at(-1)?.split(REST) ?? [];
    return stripVTControlCharacters(frame).split(/\r+\n/);
  }

  /** Waits until a line of the screen matches, and returns it. */
  sees(expected: RegExp): Promise<string> {
    return until(`${expected} on the screen:\n${this.#output}`, () => this.screen.find((line) => expected.test(line)));
  }

  keys(keys: string): void {
    this.#tell({ keys });
  }

  resize(rows: number, columns: number): void {
    this.#tell({ size: [rows, columns] });
  }

  hangUp(): void {
    this.#tell({ close: true });
  }

  signal(signal: NodeJS.Signals): void {
    process.kill(this.#pid, signal);
  }

  left(): Promise<Left> {
    return until("the end of top", () => this.#left);
  }

  #tell(order: object): void {
    this.#child.stdin.write(`${JSON.stringify(order)}\n`);
  }

  #hear(facts: {
    readonly pid?: number;
    readonly output?: string;
    readonly ended?: number;
    readonly cooked?: boolean;
  }) {
    const { pid, output, ended, cooked } = facts;
    if (pid !== undefined) this.#pid = pid;
    if (output !== undefined) this.#output += output;
    if (ended !== undefined && cooked !== undefined) this.#left = { ended, cooked };
  }
}

import { emitKeypressEvents } from "node:readline";
import type { FrameSize } from "./frame.ts";

/** What a terminal tells. */
export interface TerminalListener {
  /** A key by its name: `q`, `up`, `C-c`. */
  key(name: string): void;
  resized(): void;
  /** Nobody sees it any more, or somebody asked for the end. */
  gone(): void;
}

/** A terminal that we draw on. */
export interface Terminal {
  size(): FrameSize;
  draw(lines: readonly string[]): void;
  /** Gives the terminal back and stops, until somebody continues us. */
  suspend(): void;
  /** Gives the terminal back as it was. */
  close(): void;
}

/** Takes over the terminal: a screen of its own, keys as they are typed. Whatever ends us, it is given back. */
export function openTerminal(listener: TerminalListener): Terminal {
  const { stdin, stdout } = process;
  let ours = false;
  const leave = (): void => {
    if (!ours) return;
    ours = false;
    if (stdin.isTTY) stdin.setRawMode(false);
    stdout.write(LEAVE);
  };
  const enter = (): void => {
    ours = true;
    if (stdin.isTTY) stdin.setRawMode(true);
    stdout.write(ENTER);
  };
  const onContinue = (): void => {
    enter();
    listener.resized();
  };
  const onKey = (text: string | undefined, { name, ctrl = false }: Key): void => {
    listener.key(ctrl ? `C-${name}` : (named(name) ?? text ?? ""));
  };
  // The terminal is gone: at its exit node would put it back in order, and abort where it can't.
  let hungUp = false;
  const onHangUp = (): void => {
    if (hungUp) return;
    hungUp = true;
    ours = false;
    process.once("exit", dieOfHangUp);
    listener.gone();
  };
  // Reading and writing may tell of it before the signal does.
  const onError = ({ code }: NodeJS.ErrnoException): void => {
    if (code === "EIO") onHangUp();
    else listener.gone();
  };
  const listeners = [
    [stdout, "resize", listener.resized],
    [stdout, "error", onError],
    [stdin, "keypress", onKey],
    [stdin, "error", onError],
    [stdin, "end", onHangUp],
    [process, "SIGINT", listener.gone],
    [process, "SIGTERM", listener.gone],
    [process, "SIGHUP", onHangUp],
    [process, "SIGCONT", onContinue],
    [process, "exit", leave],
  ] as const;
  for (const [source, event, hear] of listeners) (source as NodeJS.EventEmitter).on(event, hear);
  if (stdin.isTTY) {
    emitKeypressEvents(stdin);
    stdin.resume();
  }
  enter();
  return {
    // A serial line does not tell its size.
    size: () => ({ width: stdout.columns || 80, height: stdout.rows || 24 }),
    draw: (lines) => {
      if (ours) stdout.write(`${HOME}${lines.join(NEXT)}${REST}`);
    },
    suspend: () => {
      leave();
      process.kill(process.pid, "SIGTSTP");
    },
    close: () => {
      leave();
      stdin.pause();
      for (const [source, event, hear] of listeners) (source as NodeJS.EventEmitter).off(event, hear);
    },
  };
}

interface Key {
  readonly name?: string;
  readonly ctrl?: boolean;
}

/** Keys without a character; letters are told as they are typed, for `g` is not `G`. */
function named(name: string | undefined): string | undefined {
  return name !== undefined && name.length > 1 ? name : undefined;
}

function dieOfHangUp(): void {
  process.removeAllListeners("SIGHUP");
  process.kill(process.pid, "SIGHUP");
}

/** The other screen, no cursor, and lines that are too long end at the edge. */
const ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l";
const LEAVE = "\x1b[?7h\x1b[?25h\x1b[?1049l";
const HOME = "\x1b[H";
const NEXT = "\x1b[K\r\n";
const REST = "\x1b[K\x1b[J";

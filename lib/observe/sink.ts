import { writeSync } from "node:fs";
import { isatty } from "node:tty";
import { prettyFactory } from "pino-pretty";
import { LineWriter } from "./line-writer.ts";
import { ownDescriptor } from "./own-descriptor.ts";
import { printableColoured } from "./printable.ts";

/** Where log lines go. */
export interface Sink {
  write(line: string): void;
  /** How many lines were dropped so far because nobody read them in time, or at all. */
  readonly dropped: number;
  /** Writes what is left, in the background, and ends; where nobody reads or no room is left, without it after a while. */
  close(): Promise<void>;
  /** Writes what waits before it returns, for an exit that can't wait, but not for long; what is under way ends by itself. */
  flushSync(): void;
}

/** `auto` is pretty in a terminal and JSON elsewhere. */
export type LogFormat = "auto" | "pretty" | "json";

/** Bytes that wait for a slow reader; lines beyond are dropped and counted, for a log must never hold up requests. */
const BACKLOG = 16 * 1024 * 1024;

/** How long an exit waits for a slow reader, in milliseconds. */
const PATIENCE = 500;

/** How long an orderly end waits for a reader, or for room on a full disk, while nothing moves; in milliseconds. */
const CLOSING = 2000;

/** Lines to a descriptor of this process, written in the background, one write at a time. The descriptor stays open. */
export function descriptorSink(fd: number, format: LogFormat): Sink {
  const render = renderer(fd, format);
  let dropped = 0;
  let untold = 0;
  const tellDropped = (): void => {
    if (untold === 0) return;
    const lost = `{"level":40,"time":${Date.now()},"msg":"${untold} log lines were dropped: nobody read them in time"}\n`;
    untold = 0;
    writer.write(render(lost));
  };
  // A reader that went away (EPIPE) must not take the gateway with it; whoever reads standard error is told once.
  const onError = ({ message }: Error, lost: number): void => {
    dropped += lost;
    complain(`urocket: the log can't be written any more: ${message}\n`);
  };
  const own = ownDescriptor(fd);
  const writer = new LineWriter({ fd: own.fd, backlog: BACKLOG, onError, onDrained: tellDropped });
  return {
    get dropped() {
      return dropped;
    },
    write: (line) => {
      if (writer.write(render(line))) return;
      dropped++;
      untold++;
    },
    close: async () => {
      await writer.idle(CLOSING);
      own.close();
    },
    flushSync: () => writer.flushSync(PATIENCE),
  };
}

/** Both often have one reader, or one terminal: when that is gone, nobody is left to be told. */
function complain(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // The log is lost and counted as such; requests go on.
  }
}

function renderer(fd: number, format: LogFormat): (line: string) => string {
  const terminal = isatty(fd);
  if (format === "json" || (format === "auto" && !terminal)) return (line) => line;
  const pretty = prettyFactory({
    colorize: terminal,
    translateTime: "SYS:HH:MM:ss.l",
    singleLine: true,
  });
  return (line) => printableColoured(pretty(line));
}

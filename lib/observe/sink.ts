import { writeSync } from "node:fs";
import { isatty } from "node:tty";
import { destination } from "pino";
import { prettyFactory } from "pino-pretty";

/** Where log lines go. */
export interface Sink {
  write(line: string): void;
  /** Writes what is left, in the background, and ends. */
  close(): Promise<void>;
  /** Writes what waits before it returns, for an exit that can't wait; a write that is under way ends by itself. */
  flushSync(): void;
}

/** `auto` is pretty in a terminal and JSON elsewhere. */
export type LogFormat = "auto" | "pretty" | "json";

/** Bytes that wait for a slow reader; lines beyond are dropped and counted, for a log must never hold up requests. */
const BACKLOG = 16 * 1024 * 1024;

/** Lines to a descriptor of this process, written in the background, one write at a time. */
export function descriptorSink(fd: number, format: LogFormat): Sink {
  const stream = destination({ fd, sync: false, maxLength: BACKLOG });
  const render = renderer(fd, format);
  let dropped = 0;
  let broken = false;
  stream.on("drop", () => {
    dropped++;
  });
  stream.on("drain", () => {
    if (dropped === 0) return;
    const lost = `{"level":40,"time":${Date.now()},"msg":"${dropped} log lines were dropped: nobody read them in time"}\n`;
    dropped = 0;
    stream.write(render(lost));
  });
  // A reader that went away (EPIPE) must not take the gateway with it; whoever reads standard error is told once.
  // Destroyed, for the stream's own hook would try for ever to write what waits when the process exits.
  stream.on("error", (error: Error) => {
    broken = true;
    stream.destroy();
    complain(`urocket: the log can't be written any more: ${error.message}\n`);
  });
  return {
    write: (line) => {
      if (!broken) stream.write(render(line));
    },
    close: () => closed(stream, () => broken),
    flushSync: () => {
      if (!broken) stream.flushSync();
    },
  };
}

/** A closed terminal takes standard error with it: then nobody is left to be told. */
function complain(text: string): void {
  try {
    writeSync(2, text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EIO") throw error;
  }
}

function renderer(fd: number, format: LogFormat): (line: string) => string {
  const terminal = isatty(fd);
  if (format === "json" || (format === "auto" && !terminal)) return (line) => line;
  return prettyFactory({
    colorize: terminal,
    translateTime: "SYS:HH:MM:ss.l",
    singleLine: true,
  });
}

function closed(stream: ReturnType<typeof destination>, broken: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (broken()) return resolve();
    stream.once("close", resolve);
    stream.once("error", () => resolve());
    stream.end();
  });
}

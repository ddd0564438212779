import { FAILURE } from "./exit-codes.ts";

/**
 * Writes a text to standard output; resolves when it is out. A reader that has left, as `head` does, is content; where
 * nothing can be written, as on a full disk, the program ends with that.
 */
export function print(text: string): Promise<void> {
  const { stdout } = process;
  return new Promise((resolve) => {
    const done = (error?: NodeJS.ErrnoException | null): void => {
      if (error && error.code !== "EPIPE") endWith(error);
      else resolve();
    };
    // The stream tells of a reader that has left by an event, too, which would end the process if nobody listened.
    stdout.once("error", done);
    try {
      stdout.write(text, (error) => {
        done(error);
        if (!error) stdout.off("error", done);
      });
    } catch (error) {
      // A file is written at once.
      endWith(error as NodeJS.ErrnoException);
    }
  });
}

function endWith({ code, message }: NodeJS.ErrnoException): void {
  process.stderr.write(`urocket: expected standard output to take what is written, got ${code ?? message}\n`);
  process.exit(FAILURE);
}

/** Writes data for programs: one JSON text on one line. */
export function printJson(data: unknown): Promise<void> {
  return print(`${JSON.stringify(data)}\n`);
}

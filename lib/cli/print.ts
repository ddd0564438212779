/** Writes a text to standard output; resolves when it is out. A reader that has left, as `head` does, is content. */
export function print(text: string): Promise<void> {
  const { stdout } = process;
  return new Promise((resolve, reject) => {
    const done = (error?: NodeJS.ErrnoException | null): void => {
      if (error && error.code !== "EPIPE") reject(error);
      else resolve();
    };
    // The stream tells of a reader that has left by an event, too, which would end the process if nobody listened.
    stdout.once("error", done);
    stdout.write(text, (error) => {
      done(error);
      if (!error) stdout.off("error", done);
    });
  });
}

/** Writes data for programs: one JSON text on one line. */
export function printJson(data: unknown): Promise<void> {
  return print(`${JSON.stringify(data)}\n`);
}

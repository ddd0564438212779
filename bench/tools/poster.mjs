// What the gateways without processes share: one program that posts all answers.
import { spawn } from "node:child_process";

/** Starts it; the function that it returns makes it post. `onPosted` is told of how many were taken, in their order. */
export function startPoster(program, socketPath, onPosted) {
  const { stdin, stdout } = spawn(program, [socketPath], { stdio: ["pipe", "pipe", "inherit"] });
  stdout.on("data", ({ length }) => onPosted(length));
  let lines = "";
  return (id, payload) => {
    // One write for all of a turn of the event loop.
    if (lines === "") setImmediate(send);
    lines += `${id} ${payload}\n`;
  };

  function send() {
    stdin.write(lines);
    lines = "";
  }
}

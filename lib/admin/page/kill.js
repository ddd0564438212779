import { postKill } from "./connection.js";
import { announce } from "./dom.js";
import { duration, title } from "./format.js";
import { askToken, dropToken } from "./token.js";

/** Ends a process, after a question. */
export async function kill(process) {
  const name = `process ${process.pid}`;
  const text = `${title(process)} has been running for ${duration(process.age)}. Its caller is told that it failed.`;
  if (!(await askToken({ title: `Kill ${name}?`, text, action: "Kill" }))) return;
  try {
    announce(told(await postKill(process.requestId), name));
  } catch {
    announce(`The gateway can't be reached: ${name} was not killed`);
  }
}

function told(status, name) {
  if (status === 204) return `Killed ${name}`;
  if (status === 404) return `There was nothing to kill: ${name} had ended`;
  if (status !== 401) return `The gateway answered ${status}: ${name} was not killed`;
  dropToken();
  return `This token was refused: ${name} was not killed`;
}

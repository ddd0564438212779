import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RouteConfig, ServiceConfig } from "../config/index.ts";
import type { Gateway } from "../gateway/index.ts";
import { groupId } from "../process/confinement.ts";

/** Where the socket is to be. */
export interface Place {
  readonly path: string;
  /** Removes what was made for it. */
  remove(): void;
}

/** The socket that processes answer on, listening. */
export interface AnswerSocket {
  readonly path: string;
  close(): Promise<void>;
}

/** Whether somebody may post an answer for one of these routes. */
export function needsSocket(routes: readonly Pick<RouteConfig, "reply">[]): boolean {
  return routes.some(({ reply }) => reply === "socket" || reply === "accepted");
}

/** The socket that is asked for by its path; else, where one is needed, one in a directory that only we may enter. */
export function planSocket(path: string | undefined, needed: boolean): Place | undefined {
  if (path !== undefined) return { path, remove: () => {} };
  if (!needed) return undefined;
  // mkdtemp gives it mode 0700.
  const directory = mkdtempSync(join(tmpdir(), "urocket-"));
  const remove = (): void => {
    process.removeListener("exit", remove);
    rmSync(directory, { recursive: true, force: true });
  };
  // For a program that ends without closing.
  process.once("exit", remove);
  return { path: join(directory, "answers.sock"), remove };
}

/** Starts to listen. The server is loaded here, so that a program whose routes need none does without. */
export async function openSocket(
  { path, remove }: Place,
  { limits, socketMode: mode, socketGroup }: Pick<ServiceConfig, "limits" | "socketMode" | "socketGroup">,
  gateway: Gateway,
): Promise<AnswerSocket> {
  const { ReplySocket } = await import("../stages/reply-socket.ts");
  const socket = new ReplySocket({ gateway, answerLimit: limits.reply, headLimit: limits.headers });
  const group = socketGroup === undefined ? undefined : groupId(socketGroup, "socketgroup");
  await socket.listen(path, { mode, group });
  const close = async (): Promise<void> => {
    await socket.close(PATIENCE);
    remove();
  };
  return { path, close };
}

/** How long the last posters may take to read what became of their answers, in milliseconds. */
const PATIENCE = 2000;

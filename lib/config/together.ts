import type { Scope } from "./scope.ts";
import type { Settings } from "./settings.ts";
import type { ReplyName, RouteConfig } from "./types.ts";

/** Settings that mean something with some replies only. */
const REPLIES: Readonly<Record<string, readonly ReplyName[]>> = {
  outtake: ["socket"],
  contenttype: ["stdout"],
  onexit: ["socket"],
  replytimeout: ["socket"],
};

/**
 * Notes what a route says itself and what makes no sense beside the rest of it. What it inherits may do so: `defaults`
 * are for many routes, each of which takes of them what it can use.
 */
export function checkTogether(own: Settings, { reply, onExit }: RouteEnding, { mistakes }: Scope): void {
  for (const [key, replies] of Object.entries(REPLIES)) {
    const setting = own.get(key);
    if (setting === undefined || replies.includes(reply)) continue;
    const { name, key: offset } = setting.place;
    mistakes.add(offset, `expected \`${name}\` with reply ${replies.join(" or ")} only, got it with ${reply}`);
  }
  const wait = own.get("replytimeout");
  if (wait !== undefined && reply === "socket" && onExit !== "wait") {
    const { name, key: offset } = wait.place;
    mistakes.add(offset, `expected \`${name}\` with onexit wait only, got it with ${onExit}`);
  }
}

type RouteEnding = Pick<RouteConfig, "reply" | "onExit">;

/** Notes a validation that nothing is there for. */
export function checkValidation(all: Settings, openapi: unknown, { mistakes }: Pick<Scope, "mistakes">): void {
  if (openapi !== undefined) return;
  for (const key of ["validatein", "validateout"]) {
    const setting = all.get(key);
    if (setting?.value !== true) continue;
    const { name, value: offset } = setting.place;
    mistakes.add(offset, `expected \`openapi\` to name the document for \`${name}: true\`, got none`);
  }
}

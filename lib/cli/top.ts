import { UrocketError } from "../core/errors.ts";
import type { StatusSnapshot } from "../observe/status/types.ts";
import { lineWidth } from "./columns.ts";
import { OK } from "./exit-codes.ts";
import { tellFailure } from "./failure.ts";
import { print, printJson } from "./print.ts";
import { AdminClient } from "./top/client.ts";
import { frame } from "./top/frame.ts";
import { live } from "./top/live.ts";
import { findPlace, type PlaceOptions } from "./top/place.ts";
import { type Style, styleOf, wantsColours } from "./top/style.ts";
import { FIRST_VIEW } from "./top/view.ts";

export interface TopOptions extends PlaceOptions {
  /** One frame, and the end. Without a terminal there is never more than that. */
  readonly once?: boolean;
  readonly json?: boolean;
}

/**
 * Shows what a running gateway does, as its admin port tells it. Resolves with the exit code: 1 when the port can't be
 * asked, 2 when the configuration does not tell where it is.
 */
export async function top({ once = false, json = false, ...where }: TopOptions): Promise<number> {
  const { env, stdout } = process;
  const warn = (message: string): void => void process.stderr.write(`urocket: ${message}\n`);
  try {
    const client = new AdminClient(findPlace(where, { own: env, warn }));
    // Asked first in any case: a mistake in the address is told at once, and not on a screen of its own.
    const snapshot = await client.snapshot();
    const style = styleOf(stdout.isTTY && wantsColours(env));
    if (json) await printJson(snapshot);
    else if (!once && stdout.isTTY && env.TERM !== "dumb") return await live(client, style);
    else await print(page(snapshot, style));
    return OK;
  } catch (error) {
    if (!(error instanceof UrocketError)) throw error;
    return tellFailure(error, json);
  }
}

/** Everything there is, as wide as the terminal. */
function page(snapshot: StatusSnapshot, style: Style): string {
  const size = { width: lineWidth(), height: Number.POSITIVE_INFINITY };
  return `${frame({ ...FIRST_VIEW, snapshot, lost: undefined }, size, style).join("\n")}\n`;
}

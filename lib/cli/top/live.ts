import { UrocketError } from "../../core/errors.ts";
import { OK } from "../exit-codes.ts";
import type { AdminClient } from "./client.ts";
import { follow, type News } from "./follow.ts";
import { frame } from "./frame.ts";
import { press } from "./keys.ts";
import type { Style } from "./style.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { FIRST_VIEW, type View } from "./view.ts";

/** Shows in the terminal what a gateway does until somebody quits; resolves with the exit code. */
export async function live(client: AdminClient, style: Style): Promise<number> {
  const end = new AbortController();
  const screen = new Screen(client, style, (why) => end.abort(why));
  try {
    await follow(client, (news) => screen.hear(news), end.signal);
  } finally {
    screen.close();
  }
  if (end.signal.reason !== QUIT) throw end.signal.reason;
  return OK;
}

/** Why it ends, unless that is a fault: told only after the terminal is back as it was, or nobody would read it. */
const QUIT = "quit";

/** The view on a terminal. */
class Screen {
  readonly #client: AdminClient;
  readonly #style: Style;
  readonly #end: (why: unknown) => void;
  readonly #terminal: Terminal;
  #view: View = FIRST_VIEW;

  constructor(client: AdminClient, style: Style, end: (why: unknown) => void) {
    this.#client = client;
    this.#style = style;
    this.#end = end;
    this.#terminal = openTerminal({
      key: (name) => void this.#press(name).catch(end),
      resized: () => this.#show({}),
      gone: () => end(QUIT),
    });
    this.#show({});
  }

  hear(news: News): void {
    this.#show("snapshot" in news ? { ...news, lost: undefined } : news);
  }

  close(): void {
    this.#terminal.close();
  }

  async #press(key: string): Promise<void> {
    const { view, deed } = press(this.#view, key);
    this.#show(view);
    if (deed === "quit") this.#end(QUIT);
    else if (deed === "suspend") this.#terminal.suspend();
    else if (deed !== undefined) this.#show({ note: await this.#kill(deed) });
  }

  async #kill({ kill, pid }: { readonly kill: string; readonly pid: number }): Promise<string> {
    try {
      await this.#client.kill(kill);
      return `process ${pid} was told to end`;
    } catch (error) {
      if (error instanceof UrocketError) return error.message;
      throw error;
    }
  }

  #show(change: Partial<View>): void {
    this.#view = { ...this.#view, ...change };
    this.#terminal.draw(frame(this.#view, this.#terminal.size(), this.#style));
  }
}

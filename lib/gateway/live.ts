import { LONGEST_DELAY } from "../core/delay.ts";

/** Messages whose caller waits or whose process runs: what an orderly end waits for. */
export class Live<Member extends { shutDown(): void }> {
  readonly #members = new Set<Member>();
  #onEmpty: (() => void) | undefined;

  add(member: Member): void {
    this.#members.add(member);
  }

  leave(member: Member): void {
    this.#members.delete(member);
    if (this.#members.size === 0) this.#onEmpty?.();
  }

  /** Resolves when none is left; those that are still there after `grace` milliseconds are told to shut down. */
  async drain(grace: number): Promise<void> {
    if (this.#members.size === 0) return;
    const empty = new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
    const timer = setTimeout(() => this.#shutDown(), Math.min(grace, LONGEST_DELAY));
    await empty;
    clearTimeout(timer);
  }

  #shutDown(): void {
    for (const member of [...this.#members]) member.shutDown();
  }
}

import { LONGEST_DELAY } from "../core/delay.ts";

/** A message whose caller waits or whose process runs. The field belongs to {@link Live}. */
export interface Member {
  /** Its place among the others; -1 when it is not among them. */
  liveIndex: number;
  shutDown(): void;
}

/**
 * The messages that an orderly end waits for. A list in which each knows its place, and the last one takes that of whoever
 * leaves: a Set would have to make a hash for each (bench: matching).
 */
export class Live {
  readonly #members: Member[] = [];
  #onEmpty: (() => void) | undefined;

  add(member: Member): void {
    member.liveIndex = this.#members.push(member) - 1;
  }

  /** Nothing happens for one that left before. */
  leave(member: Member): void {
    const index = member.liveIndex;
    if (index === -1) return;
    member.liveIndex = -1;
    const last = this.#members.pop() as Member;
    if (last !== member) {
      this.#members[index] = last;
      last.liveIndex = index;
    }
    if (this.#members.length === 0) this.#onEmpty?.();
  }

  /** Resolves when none is left; those that are still there after `grace` milliseconds are told to shut down. */
  async drain(grace: number): Promise<void> {
    if (this.#members.length === 0) return;
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

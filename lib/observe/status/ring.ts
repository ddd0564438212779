import { TransientMap } from "../../core/transient-map.ts";

/** The last so many, by their request ids: whoever comes takes the place of the oldest. */
export class Ring<Member extends { readonly requestId: string }> {
  readonly #size: number;
  readonly #places: Member[] = [];
  readonly #byId = new TransientMap<string, Member>();
  #next = 0;

  constructor(size: number) {
    this.#size = size;
  }

  add(member: Member): void {
    const oldest = this.#places[this.#next];
    // An id may have come again since.
    if (oldest !== undefined && this.#byId.get(oldest.requestId) === oldest) this.#byId.delete(oldest.requestId);
    this.#places[this.#next] = member;
    this.#byId.set(member.requestId, member);
    this.#next = (this.#next + 1) % this.#size;
  }

  find(requestId: string): Member | undefined {
    return this.#byId.get(requestId);
  }

  /** At most so many, latest first. */
  latest(most: number): Member[] {
    const length = Math.min(most, this.#places.length);
    return Array.from({ length }, (_, n) => {
      return this.#places[(this.#next - 1 - n + this.#size) % this.#size] as Member;
    });
  }
}

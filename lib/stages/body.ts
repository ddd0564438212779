/** Gathers the body of one request, within a limit. */
export class Body {
  readonly #limit: number;
  #buffer: Buffer = NOTHING;
  #length = 0;
  #announced: number;
  #tooLarge: boolean;

  /** `announced` is the content length; NaN when the body comes in chunks of unknown number. */
  constructor(announced: number, limit: number) {
    this.#limit = limit;
    this.#tooLarge = announced > limit;
    this.#announced = announced || 0;
  }

  /** Whether the body is, or was announced to be, over the limit. */
  get tooLarge(): boolean {
    return this.#tooLarge;
  }

  /** Takes a copy of the chunk, which is valid during the call only. */
  take(chunk: ArrayBuffer): void {
    const length = this.#length + chunk.byteLength;
    if (length > this.#limit) this.#tooLarge = true;
    if (this.#tooLarge || chunk.byteLength === 0) return;
    this.#reserve(length);
    this.#buffer.set(new Uint8Array(chunk), this.#length);
    this.#length = length;
  }

  /** What was taken so far. */
  bytes(): Buffer {
    // A body of its announced length fills its buffer (bench: matching).
    return this.#length === this.#buffer.length ? this.#buffer : this.#buffer.subarray(0, this.#length);
  }

  /** The announced length is reserved with the first byte; without one, or beyond it, the room doubles. */
  #reserve(length: number): void {
    if (length <= this.#buffer.length) return;
    const room = Math.max(length, this.#announced, Math.min(2 * this.#buffer.length, this.#limit));
    const larger = Buffer.allocUnsafe(room);
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}

const NOTHING = Buffer.alloc(0);

/** Bounds of what runs and of what waits to run. */
export interface AdmissionLimits {
  /** Processes that run at once. */
  readonly processes: number;
  /** Messages that wait for a slot. */
  readonly queue: number;
}

/** A message that wants a slot. The fields belong to the {@link Admission}. */
export interface Candidate {
  /** The lane it waits in; undefined while it does not. */
  lane: Lane | undefined;
  previous: Candidate | undefined;
  next: Candidate | undefined;
  /** It has a slot now, to be given back by `release`. */
  admit(): void;
}

/**
 * Who may run now, who waits in line, who is turned away. Each route has a lane, first come first served; free slots go to
 * the lanes in turn, so that a route with a thousand waiting doesn't keep another one's first from its slot. A lane at its
 * own bound is passed over. Every step takes constant time, whatever waits (bench: waiting).
 */
export class Admission {
  #limits: AdmissionLimits;
  #running = 0;
  #waiting = 0;
  /** Lanes with somebody waiting and room to run: the next turn is the first one's. */
  readonly #turns = new Set<Lane>();
  #handing = false;

  constructor(limits: AdmissionLimits) {
    this.#limits = limits;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** Whether neither a slot nor a place in line is free. */
  get saturated(): boolean {
    return this.#running >= this.#limits.processes && this.#waiting >= this.#limits.queue;
  }

  /** Other bounds, in force from now on; what runs and waits already stays. */
  limit(limits: AdmissionLimits): void {
    this.#limits = limits;
    this.#hand();
  }

  /** Admits the candidate at once or puts it in line; false when the line is full. */
  enter(candidate: Candidate, lane: Lane): boolean {
    if (this.#running < this.#limits.processes && lane.hasRoom && lane.first === undefined) {
      this.#admit(candidate, lane);
      return true;
    }
    if (this.#waiting >= this.#limits.queue) return false;
    lane.push(candidate);
    this.#waiting++;
    if (lane.hasRoom) this.#turns.add(lane);
    return true;
  }

  /** Takes a candidate out of the line; nothing happens when it is in none. */
  withdraw(candidate: Candidate): void {
    const { lane } = candidate;
    if (lane === undefined) return;
    lane.remove(candidate);
    this.#waiting--;
    if (lane.first === undefined) this.#turns.delete(lane);
  }

  /** Gives a slot of a lane back, and on to whoever is next. */
  release(lane: Lane): void {
    lane.running--;
    this.#running--;
    if (lane.first !== undefined && lane.hasRoom) this.#turns.add(lane);
    this.#hand();
  }

  #hand(): void {
    // Whoever is admitted may give the slot back at once, which leads here again: the loop that runs goes on with it.
    if (this.#handing) return;
    this.#handing = true;
    while (this.#running < this.#limits.processes) {
      const [lane] = this.#turns;
      const candidate = lane?.first;
      if (lane === undefined || candidate === undefined) break;
      // Out, and in again at the end: a set keeps the order of insertion.
      this.#turns.delete(lane);
      lane.remove(candidate);
      this.#waiting--;
      this.#admit(candidate, lane);
      if (lane.first !== undefined && lane.hasRoom) this.#turns.add(lane);
    }
    this.#handing = false;
  }

  #admit(candidate: Candidate, lane: Lane): void {
    lane.running++;
    this.#running++;
    candidate.admit();
  }
}

/** The line of one route, and how many of its processes run. */
export class Lane {
  /** How many may run at once. */
  concurrency: number;
  running = 0;
  waiting = 0;
  first: Candidate | undefined;
  #last: Candidate | undefined;

  constructor(concurrency = Number.POSITIVE_INFINITY) {
    this.concurrency = concurrency;
  }

  get hasRoom(): boolean {
    return this.running < this.concurrency;
  }

  push(candidate: Candidate): void {
    candidate.lane = this;
    candidate.previous = this.#last;
    candidate.next = undefined;
    if (this.#last === undefined) this.first = candidate;
    else this.#last.next = candidate;
    this.#last = candidate;
    this.waiting++;
  }

  remove(candidate: Candidate): void {
    const { previous, next } = candidate;
    if (previous === undefined) this.first = next;
    else previous.next = next;
    if (next === undefined) this.#last = previous;
    else next.previous = previous;
    candidate.lane = candidate.previous = candidate.next = undefined;
    this.waiting--;
  }
}

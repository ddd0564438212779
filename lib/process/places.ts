import { randomBytes } from "node:crypto";
import { type CgroupParent, type CgroupPlacement, findCgroupParent, placeInCgroup } from "./cgroup.ts";
import { known, type NamesOf } from "./check.ts";
import type { CgroupSpec } from "./types.ts";

const BOUNDS: NamesOf<CgroupSpec> = { memory: true, cpu: true, pids: true };

/** Gives each process of one supervisor a cgroup of its own, and warns once of each limit that no controller enforces. */
export class CgroupPlaces {
  // Neither the pid nor our counter makes a name unique: workers share the one, and so do containers over one parent.
  readonly #prefix = `urocket-${process.pid}-${randomBytes(4).toString("hex")}`;
  readonly #warned = new Set<string>();
  /** Null until it is looked for, at the first process that wants a place. */
  #parent: CgroupParent | undefined | null = null;

  /** Throws `spawn-spec-invalid` when `path` is given and can't be used. */
  constructor(path: string | undefined) {
    if (path !== undefined) this.#parent = findCgroupParent(path);
  }

  /** Throws `spawn-spec-invalid`. */
  place(spec: CgroupSpec, id: number): CgroupPlacement {
    known(spec, BOUNDS, "cgroup", "bounds by name");
    if (this.#parent === null) this.#parent = findCgroupParent(undefined);
    return placeInCgroup(spec, this.#parent, `${this.#prefix}-${id}`, (missing, instead) => {
      if (this.#warned.has(missing)) return;
      this.#warned.add(missing);
      process.emitWarning(`${missing}: ${instead}`, { code: "UROCKET_CGROUP_FALLBACK" });
    });
  }
}

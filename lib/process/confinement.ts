import type { NativeConfinement } from "./native.ts";
import type { SpawnSpec } from "./types.ts";

/** Identity and limits of a spec in numbers; undefined, and free of cost, when it asks for none. */
export function confinementOf(spec: SpawnSpec, cgroup: string | undefined): NativeConfinement | undefined {
  void spec;
  void cgroup;
  return undefined;
}

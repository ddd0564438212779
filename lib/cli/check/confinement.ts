import type { InjectConfig } from "../../config/index.ts";
import { confinementOf } from "../../process/confinement.ts";
import type { Probe } from "../../process/index.ts";
import { identityFault } from "./identity.ts";

/** What a route asks for and this machine does not give. */
export function confinementWarnings({ user, group, cgroup }: InjectConfig, machine: Probe): string[] {
  const warnings = [{ user }, { group }].flatMap((identity) =>
    identityFault(() => confinementOf({ argv: [], env: [], ...identity }, undefined)),
  );
  for (const [name, value] of Object.entries({ user, group })) {
    if (value === undefined || machine.setuid) continue;
    warnings.push(
      `expected the privilege to change to \`${name}\` ${value}, got none: give urocket CAP_SETUID and CAP_SETGID, or drop it`,
    );
  }
  if (user !== undefined && machine.setuid && !machine.kill) {
    warnings.push(
      `expected the privilege to end processes of \`user\` ${user}, got none: give urocket CAP_KILL, or no deadline is kept`,
    );
  }
  const { own, writable, controllers } = machine.cgroup;
  if (cgroup === undefined) return warnings;
  if (own === null || !writable) {
    warnings.push("expected a cgroup v2 that is ours to write, got none: resource limits stand in for `cgroup`");
    return warnings;
  }
  for (const [name, value] of Object.entries(cgroup)) {
    if (value === undefined || controllers.includes(name)) continue;
    warnings.push(
      `expected the cgroup controller \`${name}\` to be delegated to us, got ${controllers.join(", ") || "none"}`,
    );
  }
  return warnings;
}

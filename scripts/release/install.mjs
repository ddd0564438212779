import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "../run.mjs";

/** Installs the package as a stranger would, where there is neither compiler nor git; and nothing may want to run. */
export function install(tarball, directory) {
  writeFileSync(join(directory, "package.json"), '{ "private": true }\n');
  const env = { ...process.env, PATH: barePath(directory) };
  run("npm", ["install", "--no-audit", "--no-fund", "--fetch-retries=1", tarball], { cwd: directory, env });
  const { packages } = JSON.parse(readFileSync(join(directory, "node_modules/.package-lock.json"), "utf8"));
  for (const [name, { hasInstallScript, resolved = "" }] of Object.entries(packages)) {
    if (hasInstallScript) throw new Error(`expected nothing to run at installation, got a script of ${name}`);
    if (/^git|github/.test(resolved))
      throw new Error(`expected packages of the registry, got ${name} from ${resolved}`);
  }
}

/** A directory with node, npm and a shell alone. */
export function barePath(directory) {
  const bare = join(directory, ".bare");
  mkdirSync(bare);
  for (const name of ["npm", "npx"]) symlinkSync(join(dirname(process.execPath), name), join(bare, name));
  symlinkSync(process.execPath, join(bare, "node"));
  for (const name of ["sh", "env"]) symlinkSync(join("/usr/bin", name), join(bare, name));
  return bare;
}

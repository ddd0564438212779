// The server library comes with the package: it asks for a dependency from git, and that one has files for every system.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

/** What is bundled, beside what these need. */
export const BUNDLED = ["hyper-express", "uWebSockets.js"];

const SERVER = "uWebSockets.js";
// Node 20, 22 and 24, as `process.versions.modules` has it.
const ABIS = [115, 127, 137];
const SERVER_FILES = [
  "package.json",
  "LICENSE",
  "uws.js",
  ...ABIS.flatMap((abi) => ["x64", "arm64"].map((arch) => `uws_linux_${arch}_${abi}.node`)),
];

/** Copies the bundled packages and all that they need from one node_modules to another. */
export function bundle(from, to) {
  const laid = new Set();
  for (const name of BUNDLED) lay(name);

  function lay(name) {
    if (laid.has(name)) return;
    laid.add(name);
    const [source, target] = [join(from, name), join(to, name)];
    const described = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
    check(source, described);
    if (name === SERVER) copyServer(source, target);
    else cpSync(source, target, { recursive: true, filter: (path) => isNeeded(relative(source, path)) });
    writeFileSync(join(target, "package.json"), `${JSON.stringify(ours(described), null, 2)}\n`);
    for (const needed of Object.keys(described.dependencies ?? {})) lay(needed);
  }
}

/** Programs and licences; not tests, types, maps of sources, pages and the settings of editors. */
function isNeeded(path) {
  const [first, ...rest] = path.split("/");
  return !/^(\..*|test|bench|types|tsconfig\.json)$/.test(first) && !/\.(md|map|d\.ts)$/i.test(rest.at(-1) ?? first);
}

/** One version of each is laid out flat, and each brings its licence: a package for which this is not so must be seen. */
function check(source, { name }) {
  if (existsSync(join(source, "node_modules"))) throw new Error(`expected ${name} to share its dependencies`);
  if (!readdirSync(source).some((file) => /^licen[cs]e/i.test(file))) throw new Error(`expected a licence of ${name}`);
}

function copyServer(source, target) {
  mkdirSync(target, { recursive: true });
  for (const file of SERVER_FILES) cpSync(join(source, file), join(target, file));
}

/**
 * Our own dependency on the server is the one that is meant: an override does not reach into what others install. Which
 * versions of node are supported is ours to say, too.
 */
function ours({ dependencies, devDependencies: _, scripts: __, engines: ___, types: ____, ...described }) {
  if (dependencies === undefined) return described;
  const { [SERVER]: _____, ...others } = dependencies;
  return { ...described, dependencies: others };
}

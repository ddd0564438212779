import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../run.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

// Something of every export is used, so that a type that resolves to nothing would be seen.
const MODULE = `
import { type ServiceConfig, loadConfig } from "urocket/config";
import { type LibraryOptions, createGateway, UrocketError } from "urocket/gateway";
import { openLog } from "urocket/observe";
import { loadOpenApi } from "urocket/openapi";
import { type ExitRecord, run } from "urocket/process";
import { HttpStage } from "urocket/stages";

const record: ExitRecord = await run("date", ["+%s"], { timeout: 1000 });
const config: ServiceConfig = loadConfig("urocket-service.yaml");
const options: LibraryOptions = { routes: [{ path: "/a", verb: "get", cmd: "/bin/true" }] };
const code: number | null = record.code;
export { code, config, createGateway, HttpStage, loadOpenApi, openLog, options, UrocketError };
// @ts-expect-error: nothing may be of type any
export const wrong: number = record.stdout;
`;
const SCRIPT = `
import config = require("urocket/config");
import gateway = require("urocket/gateway");
import observe = require("urocket/observe");
import openapi = require("urocket/openapi");
import library = require("urocket/process");
import stages = require("urocket/stages");

const record: Promise<library.ExitRecord> = library.run("date", [], { timeout: 1000 });
// @ts-expect-error: nothing may be of type any
const wrong: number = config.loadConfig("a.yaml");
export = { record, wrong, gateway, observe, openapi, stages };
`;

/** Checks programs against the types of the installed package, as TypeScript resolves them for node. */
export function checkTypes(directory) {
  writeFileSync(join(directory, "types.mts"), MODULE);
  writeFileSync(join(directory, "types.cts"), SCRIPT);
  const settings = {
    compilerOptions: {
      module: "nodenext",
      target: "es2023",
      lib: ["es2023"],
      strict: true,
      noEmit: true,
      // Ours are looked at too, and those of what comes with us.
      skipLibCheck: false,
      types: ["node"],
      typeRoots: [join(root, "node_modules/@types")],
    },
    files: ["types.mts", "types.cts"],
  };
  writeFileSync(join(directory, "tsconfig.json"), JSON.stringify(settings));
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  run(process.execPath, [tsc, "-p", directory]);
}

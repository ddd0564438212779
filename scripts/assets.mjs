// What stands beside the compiled library: pages of the admin port, and the chart library that they use, with its licence.
import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const uplot = dirname(createRequire(import.meta.url).resolve("uplot/package.json"));

const EXTENSIONS = [".html", ".css", ".js", ".svg"];

/** Copies it into a directory with the compiled library. */
export function copyAssets(dist) {
  const admin = join(root, "lib/admin");
  const files = readdirSync(admin, { recursive: true }).filter((name) => EXTENSIONS.includes(extname(name)));
  for (const name of files) cpSync(join(admin, name), join(dist, "admin", name));
  const page = join(dist, "admin/page");
  mkdirSync(page, { recursive: true });
  for (const name of ["uPlot.iife.min.js", "uPlot.min.css"]) cpSync(join(uplot, "dist", name), join(page, name));
  cpSync(join(uplot, "LICENSE"), join(page, "uPlot.LICENSE"));
}

import { planService } from "../compose/plan.ts";
import { loadConfig, type ServiceConfig } from "../config/index.ts";
import { UrocketError } from "../core/errors.ts";
import { probe } from "../process/index.ts";
import { below } from "./check/cgroup-parent.ts";
import { describeMachine } from "./check/machine.ts";
import { describeService } from "./check/summary.ts";
import { findWarnings } from "./check/warnings.ts";
import { lineWidth, wrap } from "./columns.ts";
import { OK } from "./exit-codes.ts";
import { tellFailure } from "./failure.ts";
import { print, printJson } from "./print.ts";

/**
 * Tells every mistake of a configuration file, or what would run and what this machine offers for it; starts nothing.
 * Resolves with the exit code: 2 for mistakes, 1 where urocket itself can't run.
 */
export async function check(file: string, { json = false }: { readonly json?: boolean }): Promise<number> {
  try {
    const config = loadConfig(file);
    const noted: string[] = [];
    const routes = await planService(file, config, (message) => noted.push(`${file}: ${message}`));
    const machine = below(config.cgroupParent, probe());
    const warnings = [...noted, ...findWarnings(file, config, routes, machine)];
    if (json) await printJson({ ok: true, config, machine, warnings });
    else await print(report(file, config, describeMachine(machine), warnings));
    return OK;
  } catch (error) {
    if (!(error instanceof UrocketError)) throw error;
    return tellFailure(error, json);
  }
}

function report(file: string, config: ServiceConfig, machine: readonly string[], warnings: readonly string[]): string {
  const width = lineWidth();
  const parts = [
    `${file}: no mistakes`,
    "",
    ...describeService(config),
    "",
    "this machine",
    ...machine.flatMap((line) => wrap(`  ${line}`, width)),
    "",
    ...(warnings.length === 0 ? ["no warnings"] : [`warnings (${warnings.length})`]),
    ...warnings.flatMap((line) => wrap(`  ${line}`, width)),
  ];
  return `${parts.join("\n")}\n`;
}

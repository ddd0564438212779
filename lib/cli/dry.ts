import { planService } from "../compose/plan.ts";
import { loadConfig } from "../config/index.ts";
import { UrocketError } from "../core/errors.ts";
import type { Target } from "./dry/arguments.ts";
import { describeRun } from "./dry/describe.ts";
import { describeRefusal } from "./dry/refusal.ts";
import { rehearse } from "./dry/rehearse.ts";
import { buildRequest, type RequestOptions } from "./dry/request.ts";
import { runFacts } from "./dry/run-facts.ts";
import { FAILURE, OK } from "./exit-codes.ts";
import { tellFailure } from "./failure.ts";
import { print, printJson } from "./print.ts";

/**
 * Tells what would run for a request, and runs nothing. Resolves with the exit code: 1 when the request would be
 * refused, 2 for mistakes in the configuration.
 */
export async function dry(
  file: string,
  target: Target,
  { json = false, ...asked }: RequestOptions & { readonly json?: boolean },
): Promise<number> {
  try {
    const config = loadConfig(file);
    // What is only to be warned of, `urocket check` tells.
    const routes = await planService(file, config, () => undefined);
    const message = buildRequest(target, asked, config);
    const outcome = await rehearse(message, routes, config.limits);
    if (outcome.kind === "replied") {
      const { status, contentType, headers, body } = outcome.reply;
      const reply = { status, contentType, headers, body: body.toString() };
      if (json) await printJson({ ok: status < 400, reply });
      else await print(describeRefusal(message, outcome.reply, config.routes));
      return status < 400 ? OK : FAILURE;
    }
    const facts = runFacts(message, outcome, { ...config, file });
    if (json) await printJson({ ok: true, ...facts });
    else await print(describeRun(facts));
    return OK;
  } catch (error) {
    if (!(error instanceof UrocketError)) throw error;
    return tellFailure(error, json);
  }
}

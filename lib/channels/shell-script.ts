import type { Placeholder } from "../core/template.ts";
import { readList } from "./shell/list.ts";
import { ScriptSource } from "./shell/source.ts";

/** A shell script without placeholders, and those whose values it now expects in its environment. */
export interface RewrittenScript {
  readonly script: string;
  readonly variables: readonly Placeholder[];
}

/**
 * Replaces each placeholder of a shell script by a reference to an environment variable, quoted for the place it stands
 * in, so that its value is never read as code: `echo {{path}}` becomes `echo "${UROCKET_PATH}"`. Throws UrocketError
 * `config-invalid` where no quoting could achieve that.
 */
export function rewriteScript(script: string): RewrittenScript {
  const source = new ScriptSource(script, (inner) => readList(inner, ")"));
  readList(source, "");
  return { script: source.written, variables: [...source.variables] };
}

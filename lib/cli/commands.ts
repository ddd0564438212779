import { Argument, Command, Option } from "commander";
import { suggest } from "../config/suggest.ts";
import { check } from "./check.ts";
import { completion, SHELLS, type Shell } from "./completion.ts";
import { configFile, NO_FILE, USUAL_FILE } from "./config-file.ts";
import { type Field, parseBody, parseField, parseTarget, parseVerb } from "./dry/arguments.ts";
import { dry } from "./dry.ts";
import { init } from "./init.ts";
import { schema } from "./schema.ts";
import { parseAdminUrl } from "./top/place.ts";
import { type TopOptions, top } from "./top.ts";
import { version } from "./version.ts";

/** The command line: its commands, which tell their exit codes to `finish`. */
export function createProgram(finish: (code: number) => void): Command {
  const program = new Command("urocket")
    .description("Turns any executable into a production HTTP endpoint.")
    .version(version())
    .addHelpText("after", EXIT_CODES)
    .exitOverride();

  program
    .command("run", { isDefault: true })
    .description("run the gateway of a configuration file (this is what urocket does without a command, too)")
    .option(...CONFIG)
    // A word that is no command comes here; to call it an argument too many would hide the slip.
    .allowExcessArguments()
    .action(async (options: { config?: string }, command: Command) => {
      const [word] = command.args;
      if (word !== undefined) command.error(`error: ${noCommand(word, program)}`);
      const file = fileOf(options, command);
      // Loaded where it is needed: the other commands work also where the server does not load.
      const { run } = await import("./run.ts");
      finish(await run(file));
    });

  program
    .command("check")
    .description("tell every mistake of a configuration file, or what would run and what this machine offers for it")
    .option(...CONFIG)
    .option(...JSON_OPTION)
    .allowExcessArguments(false)
    .action(async (options: { config?: string; json?: boolean }, command: Command) => {
      finish(await check(fileOf(options, command), options));
    });

  program
    .command("dry")
    .description("tell what would run for a request: command, environment, identity, bounds; nothing is run")
    .argument("<path>", "where the request goes, such as /pets?limit=3", parseTarget)
    .option("-X, --request <verb>", "its method (default: POST with a body, else GET)", parseVerb)
    .option("-d, --data <body>", "its body; @file for the content of a file, @- for standard input", parseBody)
    .option("-H, --header <field>", "a header field, `Name: value`; may be repeated", parseField)
    .option(...CONFIG)
    .option(...JSON_OPTION)
    .allowExcessArguments(false)
    .action(async (target: ReturnType<typeof parseTarget>, options: DryFlags, command: Command) => {
      const { request: verb, data: body, header: headers = [], json = false } = options;
      finish(await dry(fileOf(options, command), target, { verb, body, headers, json }));
    });

  program
    .command("top")
    .description("show in the terminal what a running gateway does: its processes, its routes, what failed last")
    .option(...CONFIG)
    .addOption(
      new Option("--url <url>", "the address of its admin port, as its log tells it, instead of the configuration")
        .argParser(parseAdminUrl)
        .conflicts("config"),
    )
    .option("--token-file <file>", "a file with the token of the admin port")
    .option("--once", "show it once and end, as without a terminal")
    .option(...JSON_OPTION)
    .allowExcessArguments(false)
    .action(async (options: TopOptions, command: Command) => {
      const config = options.url === undefined ? fileOf(options, command) : undefined;
      finish(await top({ ...options, config }));
    });

  program
    .command("init")
    .description("write a configuration file to start from; one that is there already stays as it is")
    .argument("[file]", "the file to write", USUAL_FILE)
    .option(...JSON_OPTION)
    .allowExcessArguments(false)
    .action(async (file: string, options: { json?: boolean }) => {
      finish(await init(file, options));
    });

  program
    .command("schema")
    .description("print the JSON Schema of configuration files, for editors")
    .option("--json", "on one line, for programs")
    .allowExcessArguments(false)
    .action(async (options: { json?: boolean }) => {
      finish(await schema(options));
    });

  program
    .command("completion")
    .description("print the completion of this command line for a shell")
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .allowExcessArguments(false)
    .action(async (shell: Shell) => {
      finish(await completion(shell, program));
    });

  return program;
}

const CONFIG = [
  "-c, --config <file>",
  `the configuration file (default: ${USUAL_FILE} in the current folder)`,
] as const;
const JSON_OPTION = ["--json", "tell it as JSON, for programs"] as const;

const EXIT_CODES = `
Exit codes:
  0  all went well
  1  it can't be done: what the machine refuses, a request that would be refused
  2  the command line or the configuration has mistakes`;

interface DryFlags {
  readonly config?: string;
  readonly json?: boolean;
  readonly request?: string;
  readonly data?: Buffer;
  readonly header?: readonly Field[];
}

function noCommand(word: string, { commands }: Command): string {
  const names = commands.map((command) => command.name());
  const near = suggest(word, names);
  return `expected one of ${names.join(", ")}, got ${word}${near === undefined ? "" : `; did you mean ${near}?`}`;
}

function fileOf({ config }: { readonly config?: string | undefined }, command: Command): string {
  return configFile(config) ?? command.error(`error: ${NO_FILE}`);
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Argument, Command, Option } from "commander";
import { createProgram } from "../../lib/cli/commands.ts";

const ROOT = join(import.meta.dirname, "../..");

/** Where the manual page is. */
export const MAN_FILE = join(ROOT, "man/urocket.1");

/** The manual page of the command line: what it says of commands and options is the command line's own help. */
export function manPage(): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const program = createProgram(() => {});
  const commands = program
    .createHelp()
    .visibleCommands(program)
    .filter((command) => command.name() !== "help");
  const lines = [
    `.TH UROCKET 1 "" "urocket ${version}" "User Commands"`,
    ".SH NAME",
    "urocket \\- turns any executable into a production HTTP endpoint",
    ".SH SYNOPSIS",
    ...commands.flatMap((command) => [".B urocket", ...synopsis(command), ".br"]).slice(0, -1),
    ".SH DESCRIPTION",
    text(ABOUT),
    ".SH COMMANDS",
    ...commands.flatMap(describe),
    ".SH OPTIONS",
    ...program.createHelp().visibleOptions(program).flatMap(option),
    ...Object.entries(SECTIONS).flatMap(([title, body]) => [`.SH ${title}`, ...body]),
  ];
  return `${lines.join("\n")}\n`;
}

const ABOUT =
  "A request that comes in over HTTP gets an id, and a program is run for it. The program answers on a unix socket with " +
  "that id, on its standard output, or by how it ends; the caller gets an answer whatever becomes of the program. Without a " +
  "command, urocket does what the command run does.";

const SECTIONS = {
  SIGNALS: [
    ...entry("SIGTERM, SIGINT", "An orderly end: what runs may go on for `grace`. The second one ends it at once."),
    ...entry("SIGHUP", "The configuration is read again; with a mistake in it, the old one stays in force."),
  ],
  ENVIRONMENT: [
    ...entry("LISTEN_FDS, LISTEN_PID, LISTEN_FDNAMES", "Sockets that were handed over: see sd_listen_fds(3)."),
    ...entry("NOTIFY_SOCKET, WATCHDOG_USEC", "Where the service manager is told of the state: see sd_notify(3)."),
  ],
  "EXIT STATUS": [
    ...entry("0", "All went well."),
    ...entry("1", "It can't be done: what the machine refuses, a request that would be refused."),
    ...entry("2", "The command line or the configuration has mistakes."),
    ...entry("128 + n", "Ended at once, by the second signal n."),
  ],
  FILES: entry("urocket-service.yaml", "The configuration, in the current folder, unless --config names another."),
  EXAMPLE: [".nf", "urocket init", "urocket check", "urocket &", "curl localhost:8080/hello/world", ".fi"],
  "SEE ALSO": ["systemd.service(5), systemd.socket(5), curl(1)"],
} as const;

function synopsis(command: Command): string[] {
  const words = command.registeredArguments.map(bracket);
  return [`.B ${text(command.name())}`, `[options] ${words.join(" ")}`.trimEnd()];
}

function bracket(argument: Argument): string {
  const name = argument.argChoices?.join("|") ?? `\\fI${text(argument.name())}\\fR`;
  return argument.required ? name : `[${name}]`;
}

function describe(command: Command): string[] {
  return [
    `.SS ${text(command.name())}`,
    text(sentence(command.description())),
    ...command.createHelp().visibleOptions(command).filter(isOwn).flatMap(option),
  ];
}

function isOwn({ long }: Option): boolean {
  return long !== "--help";
}

function option({ flags, description }: Option): string[] {
  return entry(flags, sentence(description));
}

function entry(term: string, body: string): string[] {
  return [".TP", `\\fB${text(term)}\\fR`, text(body)];
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** Characters that roff takes for its own; a dot or quote at the start of a line would be a request. */
function text(words: string): string {
  return words.replaceAll("\\", "\\e").replaceAll("-", "\\-").replace(/^[.']/, "\\&$&").replaceAll("`", "\\(ga");
}

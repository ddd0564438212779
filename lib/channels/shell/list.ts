import { readHereBodies, readHereOperator } from "./here-document.ts";
import {
  readArithmetic,
  readBackticks,
  readDollar,
  readDoubleQuotes,
  readEscape,
  readSingleQuotes,
} from "./quoting.ts";
import { SimpleCommands } from "./simple-commands.ts";
import type { ScriptSource } from "./source.ts";

/** Reads commands to the end of the script, or to the parenthesis that closes them and past it. */
export function readList(source: ScriptSource, close: ")" | ""): void {
  const commands = new SimpleCommands((where) => source.refuse(where));
  const list: List = { source, commands, awaited: source.hereDocuments.length };
  while (!source.ended) {
    if (source.peek() !== ")" || source.placeholder()) {
      readNext(list);
      continue;
    }
    commands.endWord();
    if (commands.inPattern) commands.beginCasePart("body");
    else if (!commands.inTest) break;
    source.skip(1);
  }
  commands.endWord();
  if (commands.inTest) source.fail("[[ without ]]");
  commands.endCommand();
  if (commands.inCase) source.fail("a case without its esac");
  if (source.hereDocuments.length > list.awaited) source.fail("a here-document without its body");
  if (source.peek() !== close)
    source.fail(close === "" ? "a parenthesis without its beginning" : "a parenthesis without its end");
  source.skip(close.length);
}

interface List {
  readonly source: ScriptSource;
  readonly commands: SimpleCommands;
  /** Here-documents of the commands around this list, whose bodies can't come inside of it. */
  readonly awaited: number;
}

function readNext(list: List): void {
  const { source, commands } = list;
  const char = source.peek();
  if (source.placeholder() || /['"\\`$]/.test(char)) readPart(list);
  else if (char === " " || char === "\t") {
    commands.endWord();
    source.skip(1);
  } else if (char === "\n") readNewline(list);
  else if (char === "#" && commands.word === undefined) readComment(source);
  else if (char === "<" || char === ">") readRedirection(list);
  else if (char === ";" || char === "&" || char === "|") readOperator(list);
  else if (char === "(") readParenthesis(list);
  else addToWord(list, () => source.skip(1));
}

// A part of a word that is quoted, expanded or filled in.
function readPart(list: List): void {
  const { source } = list;
  if (source.startsWith("\\\n")) readEscape(source);
  else addToWord(list, () => readQuoting(source));
}

function readQuoting(source: ScriptSource): void {
  if (source.placeholder()) source.replace('"', '"');
  else if (source.peek() === "'") readSingleQuotes(source);
  else if (source.peek() === '"') readDoubleQuotes(source);
  else if (source.peek() === "\\") readEscape(source);
  else if (source.peek() === "`") readBackticks(source);
  else readDollar(source, false);
}

function addToWord({ source, commands }: List, read: () => void): void {
  const { at, replaced } = source;
  read();
  const text = source.since(at);
  const plain = text.replace(/^\$?(['"])(.*)\1$/s, "$2").replace(/\\(.)/gs, "$1");
  commands.add(plain === "$" && source.peek() === '"' ? "" : plain, plain !== text, source.replaced > replaced);
}

function readNewline({ source, commands, awaited }: List): void {
  commands.endWord();
  if (!commands.inTest) commands.endCommand();
  source.skip(1);
  if (source.hereDocuments.length === 0) return;
  if (awaited > 0) source.fail("a here-document on a line that goes on in a substitution");
  readHereBodies(source);
}

function readComment(source: ScriptSource): void {
  source.forbid("in a comment", () => {
    while (!source.ended && source.peek() !== "\n") source.skip(1);
  });
}

function readRedirection(list: List): void {
  const { source, commands } = list;
  if (source.peek(1) === "(") {
    addToWord(list, () => {
      source.skip(2);
      source.readSubstitution(source);
    });
    return;
  }
  const { word } = commands;
  // The descriptor in front is part of the operator.
  if (word !== undefined && !commands.inTest && /^(?:\d+|\{\w+\})$/.test(word.text)) commands.word = undefined;
  commands.endWord();
  if (commands.inTest) source.skip(1);
  else if (source.startsWith("<<") && source.peek(2) !== "<") readHereOperator(source);
  else {
    const operator = source.match(/<<<|<>|<&|>>|>&|>\||[<>]/y)?.[0] ?? "";
    source.skip(operator.length);
    commands.redirects = operator.endsWith("&") ? "descriptor" : "file";
  }
}

function readOperator({ source, commands }: List): void {
  commands.endWord();
  const ends = source.match(/;;&|;;|;&|;\|/y)?.[0];
  if (commands.inTest || commands.inPattern) source.skip(1);
  else if (ends !== undefined && commands.inCaseBody) {
    commands.endCommand();
    commands.beginCasePart("pattern");
    source.skip(ends.length);
  } else {
    commands.endCommand();
    source.skip(1);
  }
}

function readParenthesis(list: List): void {
  const { source, commands } = list;
  const before = commands.word?.text ?? "";
  if (commands.inTest || commands.atPatternStart) {
    commands.endWord();
    source.skip(1);
  } else if (/^[A-Za-z_]\w*\+?=$|.[?*+@!]$|^[?*+@]$/s.test(before)) addToWord(list, () => readGroup(source));
  else if (before === "" && source.peek(1) === "(") readArithmetic(source);
  else {
    commands.endCommand();
    source.skip(1);
    source.readSubstitution(source);
  }
}

// The value of an array or an extended pattern: words of which none is a command.
function readGroup(source: ScriptSource): void {
  source.skip(1);
  while (source.peek() !== ")" || source.placeholder()) {
    const begins = /[\s|(]/.test(source.peek(-1));
    if (source.ended) source.fail("a parenthesis without its end");
    else if (source.placeholder() || /['"\\`$]/.test(source.peek())) readQuoting(source);
    else if (source.peek() === "#" && begins) readComment(source);
    else if (source.peek() === "(") readGroup(source);
    else if (source.peek() === "[" && begins) readSubscript(source);
    else if (source.peek() === "\n" && source.hereDocuments.length > 0) source.fail("a here-document before an array");
    else source.skip(1);
  }
  source.skip(1);
}

function readSubscript(source: ScriptSource): void {
  source.forbid("in a subscript, which is evaluated", () => {
    while (!source.ended && source.peek() !== "]") {
      if (/['"\\`$]/.test(source.peek())) readQuoting(source);
      else source.skip(1);
    }
  });
}

import type { ScriptSource } from "./source.ts";

/** Reads `'...'`; a placeholder closes the quotes for the length of its reference. */
export function readSingleQuotes(source: ScriptSource): void {
  source.skip(1);
  while (source.peek() !== "'") {
    if (source.placeholder()) source.replace(`'"`, `"'`);
    else readQuotedCharacter(source, "a single quote without its end");
  }
  source.skip(1);
}

/** Reads `"..."`, in which a reference needs no quotes of its own. */
export function readDoubleQuotes(source: ScriptSource): void {
  source.skip(1);
  while (source.peek() !== '"') {
    if (source.placeholder()) source.replace("", "");
    else if (source.peek() === "\\") readEscape(source);
    else if (source.peek() === "$") readDollar(source, true);
    else if (source.peek() === "`") readBackticks(source);
    else readQuotedCharacter(source, "a double quote without its end");
  }
  source.skip(1);
}

/** Reads a backslash and the character it protects. */
export function readEscape(source: ScriptSource): void {
  if (source.placeholder(1)) {
    source.skip(1);
    source.refuse("behind a backslash");
  }
  // Shells differ in whether a joined line may split `$(`, `<<` and their kind.
  if (source.peek(1) === "\n" && /[$<>;&|(]/.test(source.peek(-1))) source.fail("a line joined in an operator");
  source.skip(2);
}

/** Reads the old form of command substitution: how quotes nest in it differs between shells. */
export function readBackticks(source: ScriptSource): void {
  source.skip(1);
  source.forbid("in backticks", () => {
    while (source.peek() !== "`") {
      if (source.peek() === "\\") source.skip(2);
      else readQuotedCharacter(source, "a backtick without its end");
    }
  });
  source.skip(1);
}

/** Reads whatever a dollar sign begins. */
export function readDollar(source: ScriptSource, inDoubleQuotes: boolean): void {
  const next = source.peek(1);
  if (source.placeholder(1)) {
    source.skip(1);
    source.refuse("behind a dollar sign");
  } else if (source.startsWith("$((")) readArithmetic(source);
  else if (next === "(") {
    source.skip(2);
    source.readSubstitution(source);
  } else if (next === "{") readParameter(source, inDoubleQuotes);
  else if (next === "[") source.fail("the old arithmetic $[...]");
  else if (next === "'" && !inDoubleQuotes) readDollarQuotes(source);
  else source.skip(1);
}

/** Reads `((...))` or `$((...))`: some shells run commands that stand in the value of an arithmetic expression. */
export function readArithmetic(source: ScriptSource): void {
  source.skip(source.peek() === "$" ? 3 : 2);
  source.forbid("in an arithmetic expression", () => {
    let depth = 2;
    while (depth > 0) {
      const char = source.peek();
      if (/['"]/.test(char)) source.fail("quotes in an arithmetic expression");
      // `$((a) | b)` is a substitution that begins with a subshell: too like this to tell apart for sure.
      if (char === ")" && depth === 2 && source.peek(1) !== ")") source.fail('"((" that does not end in "))"');
      if (char === "(") depth++;
      if (char === ")") depth--;
      if (char === "$") readDollar(source, true);
      else if (char === "`") readBackticks(source);
      else if (char === "\\") readEscape(source);
      else readQuotedCharacter(source, 'a "((" without its end');
    }
  });
}

function readParameter(source: ScriptSource, inDoubleQuotes: boolean): void {
  source.skip(2);
  if (/[\s|]/.test(source.peek())) source.fail("a substitution in braces");
  source.forbid("in a parameter expansion", () => {
    while (source.peek() !== "}") {
      const char = source.peek();
      // Shells differ in what these quotes mean.
      if (inDoubleQuotes && /['"]/.test(char)) source.fail("quotes in a quoted parameter expansion");
      if (char === "'") readSingleQuotes(source);
      else if (char === '"') readDoubleQuotes(source);
      else if (char === "`") readBackticks(source);
      else if (char === "$") readDollar(source, inDoubleQuotes);
      else if (char === "\\") readEscape(source);
      else readQuotedCharacter(source, 'a "${" without its end');
    }
  });
  source.skip(1);
}

function readDollarQuotes(source: ScriptSource): void {
  source.skip(2);
  source.forbid("in $'...'", () => {
    while (source.peek() !== "'") {
      // Where $'...' is unknown, as in dash, the backslash is an ordinary character and the quote ends the string.
      if (source.startsWith("\\'")) source.fail("\\' in $'...', which not every shell knows");
      if (source.peek() === "\\") source.skip(2);
      else readQuotedCharacter(source, "a single quote without its end");
    }
  });
  source.skip(1);
}

function readQuotedCharacter(source: ScriptSource, unended: string): void {
  if (source.ended) source.fail(unended);
  // Where the body of a here-document begins then, differs between shells.
  if (source.peek() === "\n" && source.hereDocuments.length > 0) {
    source.fail("a here-document on a line that goes on in quotes");
  }
  source.skip(1);
}

import fc from "fast-check";

/** A piece of a random shell script and what it prints; in `prints`, {@link VALUE} stands for the payload. */
export interface Piece {
  readonly code: string;
  readonly prints: string;
}

/** Stands for the payload in what a script prints: no script can print it by itself. */
export const VALUE = "\0";

const value: Piece = { code: "{{jsonpayload}}", prints: VALUE };

// Text that means itself inside of quotes of either kind.
const inert = same("a", "0", " ", ";", "#", "(", ")", "*", "&", "|", "<<E", "\t", "{", "~", "!a", "case ", "é");

// Lines end in newlines: bash 5.2 forgets a `;` behind a here-document in `$(...)`, with or without a placeholder.
const FRAMES: readonly (readonly [before: string, after: string])[] = [
  ["( ", ")\n"],
  ["{ ", "}\n"],
  ["if :; then\n", "else :; fi\n"],
  ["for i in {{jsonpayload}}; do ", "done\n"],
  ["case {{jsonpayload}} in\n*\\)never) :;;\n({{jsonpayload}}|x) ", ";; esac\n"],
  ["case a in b) :;; a) ", "\nesac\n"],
  ["f() { ", "}\nf\n"],
  ["# it's \" $( ` a comment\n", ""],
  [": <<E <<-'F' 2>&1 # two of them\n\" ' ( ;\nE\n{ ` ' $( \\\n\tF\n", ""],
  ["true && {\n", "} | cat\n"],
];

const { list } = fc.letrec<Record<"word" | "double" | "command" | "list", Piece>>((tie) => ({
  word: fc.oneof(
    { maxDepth: 4 },
    fc.constant(value),
    pairs(["a", "a"], ["b#c", "b#c"], ["\\'", "'"], ['\\"', '"'], ["\\$", "$"], ["\\\\", "\\"], ["a\\\nb", "ab"]),
    pairs(["$((1 + (2)))", "3"], ["$" + "{#empty}", "0"], ["$" + "{unset:-'}'}", "}"], ["`printf x`", "x"]),
    series(fc.oneof(fc.constant(value), inert, same('"', "$(", "\\", "`")), "'", "'"),
    series(tie("double"), '"', '"'),
  ),
  double: fc.oneof(
    { maxDepth: 4 },
    fc.constant(value),
    inert,
    pairs(["'", "'"], ['\\"', '"'], ["\\\\", "\\"], ["\\$", "$"], ["\\`", "`"], ["$((1+2))", "3"]),
    tie("list").map((piece) => around(piece, "$(\n", "printf .)", ".")),
  ),
  command: fc
    .array(series(tie("word"), "", "", 1), { minLength: 1, maxLength: 3 })
    .map((words) => around(joined(words, " ", ","), "printf '%s,' ", "\n", ",")),
  list: fc.oneof(
    { maxDepth: 4 },
    tie("command"),
    series(tie("list"), "", "", 1),
    tie("word").map((piece) => around(piece, "x=", "\nprintf '%s,' \"$x\"\n", ",")),
    tie("list").map((piece) => around(piece, "x=$(\n", "printf .)\nprintf '%s' \"$x\"\n", ".")),
    fc.tuple(tie("list"), fc.constantFrom(...FRAMES)).map(([piece, [before, after]]) => around(piece, before, after)),
  ),
}));

/** Shell scripts of many shapes with the placeholder in each place where it may stand. */
export const randomScript: fc.Arbitrary<Piece> = list;

/** Payloads made of what shells find special. */
export const randomPayload: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(fc.constantFrom(..."$`\"'\\;&|<>(){}[]*?!#~%=-\n\t ax"), fc.string({ unit: "grapheme", maxLength: 3 })),
  )
  .map((pieces) => pieces.join("").replaceAll("\0", ""))
  .filter((payload) => payload !== "");

function same(...texts: string[]): fc.Arbitrary<Piece> {
  return fc.constantFrom(...texts.map((text) => ({ code: text, prints: text })));
}

function pairs(...known: [code: string, prints: string][]): fc.Arbitrary<Piece> {
  return fc.constantFrom(...known.map(([code, prints]) => ({ code, prints })));
}

function series(piece: fc.Arbitrary<Piece>, before: string, after: string, minLength = 0): fc.Arbitrary<Piece> {
  return fc.array(piece, { minLength, maxLength: 4 }).map((pieces) => around(joined(pieces, "", ""), before, after));
}

function joined(pieces: readonly Piece[], between: string, printsBetween: string): Piece {
  const code = pieces.map((piece) => piece.code).join(between);
  return { code, prints: pieces.map((piece) => piece.prints).join(printsBetween) };
}

function around({ code, prints }: Piece, before: string, after: string, printsAfter = ""): Piece {
  return { code: before + code + after, prints: prints + printsAfter };
}

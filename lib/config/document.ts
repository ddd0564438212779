import { type CollectionTag, type Document, LineCounter, parseDocument, type ScalarTag, type YAMLError } from "yaml";

/** YAML text as nodes that know their place; faults are in `document.errors` and `document.warnings`. */
export function readDocument(text: string): { document: Document.Parsed; lines: LineCounter } {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    customTags: [TO_SPLIT, SPLITTED],
    prettyErrors: false,
    // A key is text, whatever it looks like: the path `404` is not a number.
    stringKeys: true,
    // Whether two keys are the same is ours to say: `socketpath` and `socket-path` are.
    uniqueKeys: false,
    // !!binary, !!set and the like have no place here: let them be reported like any unknown tag.
    resolveKnownTags: false,
  });
  return { document, lines };
}

/** A fault that the YAML parser found, on one line and for people who have only the file before them. */
export function inOurWords({ code, message }: YAMLError): string {
  const tag = /^Unresolved tag: (.*)/.exec(message)?.[1];
  if (tag !== undefined) return `!ToSplit before a string or !Splitted before a list, got ${tag}`;
  return FAULTS[code] ?? message.replaceAll(/\s*\n\s*/g, " ");
}

const FAULTS: Partial<Record<YAMLError["code"], string>> = {
  MULTIPLE_DOCS: "one document, got another after `---`",
  NON_STRING_KEY: "a key is a plain text; quote a value that begins with `{`",
};

/** `cmd: !ToSplit "..."`: a command line to split into words, as every string is. */
export const TO_SPLIT: ScalarTag = { tag: "!ToSplit", resolve: (text) => text };

/** `cmd: !Splitted [...]`: the words themselves, as every list is. */
export const SPLITTED: CollectionTag = { tag: "!Splitted", collection: "seq", resolve: (list) => list };

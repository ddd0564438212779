/** The head of a CGI response: its lines, and where the body begins. */
export interface CgiHead {
  readonly lines: readonly string[];
  readonly end: number;
}

/** Bytes that the header of a response may have. */
const LONGEST_HEAD = 65_536;
const LF = 0x0a;

/** Reads lines, ended by LF or CRLF, up to an empty one; as text what is wrong. */
export function readCgiHead(output: Buffer): CgiHead | string {
  const lines: string[] = [];
  let at = 0;
  for (;;) {
    const end = output.indexOf(LF, at);
    if (end === -1 || end >= LONGEST_HEAD) {
      return `expected an empty line within ${LONGEST_HEAD} bytes, got none in ${output.length}`;
    }
    const line = decode(output.subarray(at, end)).replace(/\r$/, "");
    at = end + 1;
    if (line === "") return { lines, end: at };
    lines.push(line);
  }
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Header fields leave as UTF-8, so that is what they are read as; else one octet is one character, as HTTP had it once. */
function decode(line: Buffer): string {
  try {
    return UTF8.decode(line);
  } catch {
    return line.toString("latin1");
  }
}

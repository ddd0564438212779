/** The data of server-sent events, one text each; other fields and comments are left out (HTML, 9.2.6). */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split(BLANK_LINE);
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const data = block.split(LINE_END).flatMap((line) => DATA.exec(line)?.[1] ?? []);
      if (data.length > 0) yield data.join("\n");
    }
  }
  return undefined;
}

const LINE_END = /\r\n|\r|\n/;
const BLANK_LINE = /\r\n\r\n|\n\n|\r\r/;
const DATA = /^data: ?(.*)$/;

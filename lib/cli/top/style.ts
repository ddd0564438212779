import { styleText } from "node:util";

/** How parts of a frame are set off; without colours each is the text itself. */
export interface Style {
  title(text: string): string;
  chosen(text: string): string;
  alert(text: string): string;
  faint(text: string): string;
}

/** Whether a terminal is to have colours: one that can, of somebody who has not said no (no-color.org). */
export function wantsColours({ NO_COLOR = "", TERM = "" }: Readonly<Record<string, string | undefined>>): boolean {
  return NO_COLOR === "" && TERM !== "dumb";
}

/** The style with colours, or the one without. */
export function styleOf(colours: boolean): Style {
  return colours ? COLOURED : PLAIN;
}

const PLAIN: Style = { title: same, chosen: same, alert: same, faint: same };

const COLOURED: Style = {
  title: (text) => styled("bold", text),
  chosen: (text) => styled("inverse", text),
  alert: (text) => styled("red", text),
  faint: (text) => styled("dim", text),
};

// Whether there are to be colours has been decided. Left to itself, styleText asks again, and other variables: it takes
// whatever runs with CI=true for something without colours, though a terminal is there.
function styled(format: Parameters<typeof styleText>[0], text: string): string {
  return styleText(format, text, { validateStream: false });
}

function same(text: string): string {
  return text;
}

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
  title: (text) => styleText("bold", text),
  chosen: (text) => styleText("inverse", text),
  alert: (text) => styleText("red", text),
  faint: (text) => styleText("dim", text),
};

function same(text: string): string {
  return text;
}

/** One segment of a path key: text to be found there, or the name of a parameter. */
export type Segment = { readonly text: string } | { readonly param: string };

/** A path key taken apart: `/pets/{petId}/files/*`. */
export interface PathTemplate {
  readonly segments: readonly Segment[];
  /** Whether everything below belongs to it too: the key ends in `/*`. */
  readonly prefix: boolean;
}

const PARAMETER = /^\{([^{}/]+)\}$/;

/** Takes a path key apart. A parameter is a whole segment (OpenAPI 3.1, 4.8.8.1 has no narrower rule to fill in values). */
export function parsePathTemplate(path: string): PathTemplate {
  const prefix = path.endsWith("/*");
  const parts = segmentsOf(prefix ? path.slice(0, -2) : path);
  return { prefix, segments: parts.map(parseSegment) };
}

/** Whether a path key stands for itself alone. */
export function isFixed({ segments, prefix }: PathTemplate): boolean {
  return !prefix && segments.every((segment) => "text" in segment);
}

/** The segments of a path behind its leading slash: `/a/b` has two, `/a/` has an empty one at the end, and the root none. */
export function segmentsOf(path: string): string[] {
  return path === "" || path === "/" ? [] : path.slice(1).split("/");
}

function parseSegment(segment: string): Segment {
  const name = PARAMETER.exec(segment)?.[1];
  return name === undefined ? { text: segment } : { param: name };
}

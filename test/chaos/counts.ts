/** What was done and what came of it: name → how often. */
export class Counts {
  readonly #counts = new Map<string, number>();
  /** What must not happen, told in full for the first ones. */
  readonly wrong: string[] = [];

  add(name: string): void {
    this.#counts.set(name, this.get(name) + 1);
  }

  fault(what: string): void {
    this.add("WRONG");
    if (this.wrong.length < 20) this.wrong.push(what);
  }

  get(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  /** How many of the names that begin so. */
  sum(prefix: string): number {
    return [...this.#counts].reduce((sum, [name, count]) => (name.startsWith(prefix) ? sum + count : sum), 0);
  }

  /** A Markdown table, by name. */
  table(): string {
    const rows = [...this.#counts]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, count]) => `| ${name} | ${count} |`);
    return ["| what | how often |", "| --- | ---: |", ...rows].join("\n");
  }
}

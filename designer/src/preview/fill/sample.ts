/** A text that the pattern matches, for the patterns that people write: classes, groups, repeats. Not every pattern can be met so. */
export function sampleOf(pattern: string): string {
  return new Sampler(pattern).alternatives();
}

const ANY = "A";
const ESCAPED: Readonly<Record<string, string>> = { d: "1", w: "a", s: " ", D: ANY, W: "-", S: ANY, n: "\n", t: "\t", b: "", B: "", A: "", z: "" };
const MOST_REPEATS = 40;

/** Reads a pattern from left to right and writes what would match. */
class Sampler {
  #at = 0;

  constructor(private readonly pattern: string) {}

  /** The first alternative; the others are read over. */
  alternatives(): string {
    const first = this.#sequence();
    while (this.#peek() === "|") { this.#at += 1; this.#sequence(); }
    return first;
  }

  #sequence(): string {
    let text = "";
    while (this.#at < this.pattern.length && this.#peek() !== "|" && this.#peek() !== ")") text += this.#repeated(this.#atom());
    return text;
  }

  #atom(): string {
    const sign = this.#next();
    switch (sign) {
      case "^":
      case "$": return "";
      case ".": return ANY;
      case "\\": return this.#escaped();
      case "[": return this.#oneOf();
      case "(": return this.#group();
      default: return sign;
    }
  }

  #escaped(): string {
    const sign = this.#next();
    return ESCAPED[sign] ?? sign;
  }

  #group(): string {
    const head = /^\?(?:P?<\w+>|[a-z]*:)/.exec(this.pattern.slice(this.#at));
    this.#at += head?.[0].length ?? 0;
    const inside = this.alternatives();
    this.#at += 1; // its closing bracket
    return inside;
  }

  /** The first member of a class; of one that says what may not be, something that few would exclude. */
  #oneOf(): string {
    const end = this.pattern.indexOf("]", this.#at + 1);
    const inside = this.pattern.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.pattern.length : end + 1;
    if (inside.startsWith("^")) return [ANY, "1", "-", "ü"].find((sign) => !inside.includes(sign)) ?? ANY;
    return inside.startsWith("\\") ? (ESCAPED[inside[1] ?? ""] ?? inside[1] ?? "") : (inside[0] ?? "");
  }

  #repeated(atom: string): string {
    const found = /^(?:\{(\d+)(?:,\d*)?\}|([*+?]))\??/.exec(this.pattern.slice(this.#at));
    if (found === null) return atom;
    this.#at += found[0].length;
    const times = found[1] === undefined ? (found[2] === "+" ? 1 : 0) : Number(found[1]);
    return atom.repeat(Math.min(times, MOST_REPEATS));
  }

  #peek(): string {
    return this.pattern[this.#at] ?? "";
  }

  #next(): string {
    const sign = this.#peek();
    this.#at += 1;
    return sign;
  }
}

/** Rows and cells of HTML from a clipboard: a table's rows, and each paragraph outside tables as a row of one cell. Nothing of it is shown or run. */
export function cellsOfHtml(html: string): readonly (readonly string[])[] {
  const reader = new Reader();
  for (const [, tag, name = "", plain = ""] of cleaned(html).matchAll(/(<\/?([a-zA-Z][a-zA-Z0-9]*)[^>]*>)|([^<]+|<)/g)) {
    if (tag === undefined) reader.text += decoded(plain);
    else reader.read(name.toLowerCase(), tag.startsWith("</"));
  }
  reader.endParagraph();
  return reader.rows;
}

const BLOCKS: ReadonlySet<string> = new Set(["p", "div", "li", "ul", "ol", "br", "h1", "h2", "h3", "h4", "h5", "h6"]);

class Reader {
  readonly rows: string[][] = [];
  text = "";
  #inRow = false;

  read(tag: string, isEnd: boolean): void {
    if (tag === "tr" || tag === "table") this.#row(tag === "tr" && !isEnd);
    else if (tag === "td" || tag === "th") this.#cell(isEnd);
    else if (BLOCKS.has(tag)) this.endParagraph();
  }

  /** Outside tables a paragraph is a row; inside, it is a space. */
  endParagraph(): void {
    if (this.#inRow) this.text += " ";
    else this.#take([this.text]);
  }

  #row(begins: boolean): void {
    if (!this.#inRow) this.#take([this.text]);
    if (begins) this.#take([]);
    this.#inRow = begins;
    this.text = "";
  }

  #cell(isEnd: boolean): void {
    if (isEnd && this.#inRow) this.rows.at(-1)?.push(this.text);
    this.text = "";
  }

  #take(row: string[]): void {
    this.rows.push(row);
    this.text = "";
  }
}

/** Without what is no text: styles, comments, and the bullets that Word writes for programs that know no lists. */
function cleaned(html: string): string {
  return html
    .replace(/<!\[if !supportLists\]>[\s\S]*?<!\[endif\]>/gi, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<(style|script|head|title)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<[!?][^>]*>/g, "");
}

const NAMED: Readonly<Record<string, string>> = { nbsp: " ", amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", ensp: " ", emsp: " ", middot: "·", bull: "•", deg: "°", ndash: "–", mdash: "—" };

function decoded(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (all, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? all;
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : "";
  });
}

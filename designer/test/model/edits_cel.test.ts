import { describe, expect, it } from "vitest";
import { mentions } from "../../src/model/cel_names.ts";
import { celTokens } from "../../src/model/cel_tokens.ts";

const SCOPE = { node: "here", table: null };
const named = (source: string, table: string | null = null): string[] =>
  mentions(source, { ...SCOPE, table }).map((mention) => {
    const what = [mention.node, "field" in mention ? mention.field : "", "part" in mention ? mention.part : ""].filter((text) => text !== "").join(".");
    return `${mention.what} ${what} «${source.slice(mention.from, mention.to)}»`;
  });

describe("tokens of an expression", () => {
  it("are names, texts, numbers and symbols, with where they stand", () => {
    expect(celTokens("a.b_1 >= 0.5e3").map(({ kind, text }) => `${kind} ${text}`)).toEqual(["name a", "symbol .", "name b_1", "symbol >=", "number 0.5e3", "end "]);
  });

  it("of texts keep quotes, escapes, raw and long texts whole", () => {
    for (const text of [`"a \\" b"`, `'it''`.slice(0, 4), `r'\\'`, `"""a "quoted" b"""`, `b'x'`, `'''two\nlines'''`]) {
      expect(celTokens(`${text} + x`).map((token) => token.text)).toEqual([text, "+", "x", ""]);
    }
  });

  it("skip comments and blanks", () => {
    expect(celTokens("a // b 'c\n + d").map(({ text }) => text)).toEqual(["a", "+", "d", ""]);
  });

  it("end before what begins none", () => {
    expect(celTokens("a + 'open").at(-1)).toMatchObject({ kind: "end", text: "'open" });
    expect(celTokens("a § b").at(-1)).toMatchObject({ kind: "end", text: "§ b" });
  });
});

describe("what an expression names", () => {
  it("is fields by a bare name, not names of functions, members, facts of the order or texts", () => {
    expect(named("runout.value > 0.05 && size(note) > 0 && order.asset == 'note' && now > order.created")).toEqual([
      "field here.runout «runout»", "part here.runout.value «value»", "field here.note «note»",
    ]);
  });

  it("is steps and their fields, of the latest visit and of all", () => {
    expect(named("steps.measure.runout.value < visits.measure[0].runout.value")).toEqual([
      "node measure «measure»", "field measure.runout «runout»", "part measure.runout.value «value»",
      "node measure «measure»", "field measure.runout «runout»", "part measure.runout.value «value»",
    ]);
  });

  it("follows the variable of a macro over visits, and lets it hide a field", () => {
    expect(named("visits.measure.filter(v, v.ok).all(x, x.runout < runout) && x")).toEqual([
      "node measure «measure»", "field measure.ok «ok»", "field measure.runout «runout»", "field here.runout «runout»", "field here.x «x»",
    ]);
    expect(named("order.fault_codes.exists(code, code.startsWith('P'))")).toEqual([]);
  });

  it("is columns, by item inside the table and by rows outside", () => {
    expect(named("item.size > limit", "rows")).toEqual(["part here.rows.size «size»", "field here.limit «limit»"]);
    expect(named("rows.exists(row, row.size > 1) || rows[0].size > 2")).toEqual([
      "field here.rows «rows»", "part here.rows.size «size»", "field here.rows «rows»", "part here.rows.size «size»",
    ]);
  });

  it("is options that a field is compared with, and no other texts", () => {
    expect(named("state == 'bad' && 'worse' in states && state in [\"a\", 'b'] && state + 'x' == 'y'")).toEqual([
      "field here.state «state»", "option here.state.bad «bad»", "option here.states.worse «worse»", "field here.states «states»",
      "field here.state «state»", "option here.state.a «a»", "option here.state.b «b»", "field here.state «state»",
    ]);
  });

  it("is told as far as it goes of what is half typed", () => {
    expect(named("steps.measure.runout.value > && note")).toEqual(["node measure «measure»", "field measure.runout «runout»", "field here.note «note»"]);
    expect(named("")).toEqual([]);
  });
});

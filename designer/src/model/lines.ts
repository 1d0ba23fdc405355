import { cellsOfHtml } from "./clipboard_html.ts";
import type { Words } from "./template.generated.ts";

/**
 * The lines of a list as Excel, Word, WPS or a mail put it on the clipboard: bullets, numbers, what stands above the columns and empty lines
 * are left out. A second column in the other script is the same line in the other language; other columns are added behind a colon.
 */
export function linesOf(text: string, html = ""): readonly Words[] {
  const fromTable = /<table[\s>]/i.test(html) || text.trim() === "";
  const rows = withoutHeader((fromTable && html !== "" ? cellsOfHtml(html) : cellsOfText(text)).map(tidied).filter((row) => row.some((cell) => cell !== "")));
  const columns = columnsOf(withoutMarkers(rows));
  const [first, second, ...others] = columns;
  if (first === undefined) return [];
  const language = languageOf(first);
  const isTranslation = second !== undefined && languageOf(second) !== language;
  const notes = second === undefined ? [] : isTranslation ? others : [second, ...others];
  return first.map((_, row) => ({
    ...worded(language, joined(language, row, first, notes)),
    ...(isTranslation ? worded(languageOf(second), second[row] ?? "") : {}),
  })).filter((words) => Object.keys(words).length > 0);
}

type Row = readonly string[];

/** Cells by tabs; a cell in quotes may hold tabs and line ends, as Excel writes them. */
export function cellsOfText(text: string): readonly Row[] {
  const rows: string[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/gy;
  for (const [, quoted, plain = "", end = ""] of text.matchAll(pattern)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === "") break;
    if (end !== "\t") rows.push([]);
  }
  return rows;
}

function tidied(row: Row): Row {
  return row.map((cell) => cell.replace(/[\s\u00a0\u3000\ufeff]+/gu, " ").trim());
}

const COUNTER = "序号|编号|项次|项号|行号|no\\.?|#|№|nr\\.?|number|pos\\.?|s/n|seq\\.?";
const COUNTED = new RegExp(`^(?:${COUNTER})$`, "i");
const HEADER = new RegExp(
  `^(?:${COUNTER}|检查项目?|检查内容|检查要求|项目|内容|英文|中文|名称|说明|备注|标准|要求|方法|结果|items?|checks?|description|name|task|english|chinese|requirements?|standard|method|result|remarks?|notes?|comments?)$`, "i",
);

function withoutHeader(rows: readonly Row[]): readonly Row[] {
  const [first, ...others] = rows;
  return others.length > 0 && first !== undefined && first.length > 1 && (first.every((cell) => cell === "" || HEADER.test(cell)) || isAboveNumbers(first, others)) ? others : rows;
}

/** Whether a row stands above a column of running numbers: it says so, or it is the only one there without a number. */
function isAboveNumbers(row: Row, below: readonly Row[]): boolean {
  const place = row.findIndex((cell) => cell !== "");
  const numbers = below.filter(({ length }) => length > 1).map((each) => each[place] ?? "").filter((cell) => cell !== "");
  if (numbers.length === 0 || COUNTS.test(row[place] ?? "")) return false;
  return COUNTED.test(row[place] ?? "") ? numbers.every((cell) => COUNTS.test(cell)) : numbers.length > 1 && numbers.every((cell, index) => cell === String(index + 1));
}

const NUMERAL = "[一二三四五六七八九十]{1,3}";
const MARKER = new RegExp(
  [
    "[•·●○◦▪▫■□◆◇►▶➢➤✓✔☐☑☒√‣⁃\\uf0b7\\uf0a7\\uf0d8]",
    "[-–—*+](?![\\d.])",
    "[o§Ønluüvq](?= )",
    "\\[[ xX]?\\]",
    "[\\d０-９]{1,3}(?:[、)）]|[.．](?!\\d))",
    `[(（](?:[\\d０-９]{1,3}|${NUMERAL}|[a-zA-Z])[)）]`,
    `${NUMERAL}[、.．]`,
    "[\\u2460-\\u249b\\u2776-\\u2793\\u3220-\\u3229]",
    "(?:[a-zA-Z]|i{2,3}|iv|vi{1,3}|ix)[.)）](?= )",
  ].map((each) => `(?:${each})`).join("|").replace(/^(.*)$/s, "^(?:$1) *"),
  "u",
);
const OUTLINE_NUMBER = /^\d{1,2}(?:\.\d{1,2})+[.、]? *(?=\D)/;

/** Bullets and numbers before a line are not part of it. Numbers such as 1.2 are only taken off where every line has one. */
function withoutMarkers(rows: readonly Row[]): readonly Row[] {
  const isOutline = rows.length > 1 && rows.every(([cell = ""]) => OUTLINE_NUMBER.test(cell) || MARKER.test(cell)) && rows.some(([cell = ""]) => OUTLINE_NUMBER.test(cell));
  return rows.map(withoutMarkerCell).map((row) => row.map((cell) => unmarked(isOutline ? cell.replace(OUTLINE_NUMBER, "") : cell)));
}

/** Word puts a tab between the bullet and the line. */
function withoutMarkerCell(row: Row): Row {
  const [first = "", ...others] = row;
  return others.length > 0 && first !== "" && `${first} `.replace(MARKER, "") === "" ? others : row;
}

/** A box may be followed by a number; a line that is nothing but a marker stays. */
function unmarked(cell: string): string {
  const once = cell.replace(MARKER, "");
  const twice = once.replace(MARKER, "");
  return twice === "" ? (once === "" ? cell : once) : twice;
}

/** Columns that say something: not those that are empty, nor those that only count or tick. A row of one cell stands in the first of them. */
function columnsOf(rows: readonly Row[]): readonly Row[] {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const isAlone = (row: Row): boolean => row.length === 1 && width > 1;
  const places = Array.from({ length: width }, (_, index) => index);
  const said = places.filter((index) => rows.some((row) => !isAlone(row) && (row[index] ?? "") !== "" && !COUNTS.test(row[index] ?? "")));
  const kept = said.length > 0 ? said : places.slice(0, 1);
  return kept.map((index) => rows.map((row) => (isAlone(row) ? (index === kept[0] ? (row[0] ?? "") : "") : (row[index] ?? ""))));
}

const COUNTS = /^[\d０-９.、()（）①-⑳□☐☑√✓•·-]+$/u;

function joined(language: string, row: number, first: Row, notes: readonly Row[]): string {
  return [first[row] ?? "", ...notes.map((column) => column[row] ?? "")].filter((cell) => cell !== "").join(language === "zh-CN" ? "：" : ": ");
}

function worded(language: string, text: string): Words {
  return text === "" ? {} : { [language]: text };
}

const HAN = /\p{Script=Han}/u;

/** A column is Chinese when at least a third of what it says has Chinese in it: names of parts often have none. */
function languageOf(column: Row): "zh-CN" | "en" {
  const said = column.filter((cell) => cell !== "");
  return said.filter((cell) => HAN.test(cell)).length * 3 >= Math.max(1, said.length) ? "zh-CN" : "en";
}

import type { Json, JsonObject } from "../json_values.ts";
import { own, withoutKey } from "../json_values.ts";
import type { Problem } from "../problems.ts";
import { deeper, problem } from "../problems.ts";
import { ids, plainNumber, rows, SHA256, strangers, trimmed } from "./limits.ts";
import type { Normalised, Settings } from "./type.ts";
import { FieldType, keptUnless } from "./type.ts";

const RESULT: JsonObject = {
  type: "object",
  required: ["result"],
  additionalProperties: false,
  properties: {
    result: { enum: ["ok", "not_ok", "na"] },
    note: { type: ["string", "null"], maxLength: 5000 },
    photos: { type: ["array", "null"], items: SHA256, maxItems: 100 },
    reading: { type: ["number", "null"] },
  },
};

interface Result {
  readonly result: "ok" | "not_ok" | "na";
  readonly note?: string | null;
  readonly photos?: readonly string[] | null;
  readonly reading?: number | null;
}

interface Item {
  readonly id: string;
  readonly allow_na: boolean;
  readonly not_ok: { readonly note: boolean; readonly photo: number; readonly reading: JsonObject | null } | null;
}

type ByItem = Readonly<Record<string, Result>>;

/** A result for each item, with note, photos and reading where it is not ok. */
export class Checklist extends FieldType {
  readonly name = "checklist";

  answerSchema(): JsonObject {
    return { type: "object", additionalProperties: RESULT };
  }

  override normalise(settings: Settings, raw: Json): Normalised {
    const given = raw as unknown as ByItem;
    const items = itemsOf(settings).filter(({ id }) => own(given, id) !== undefined);
    const unknown = strangers(given, ids(settings, "items")).map((item) => problem("checklist.unknown_item", deeper("", item), "", { item }));
    const notAllowed = items
      .filter((item) => !item.allow_na && own(given, item.id)?.result === "na")
      .map(({ id }) => problem("checklist.na_not_allowed", deeper("", id), "", { item: id }));
    const kept = Object.fromEntries(items.flatMap(({ id }) => keptUnder(id, own(given, id))));
    return keptUnless([...unknown, ...notAllowed], items.length > 0 ? kept : null);
  }

  override incomplete(settings: Settings, answer: Json, required: boolean): readonly Problem[] {
    return itemsOf(settings).flatMap((item) => stillMissing(item, own(answer as unknown as ByItem, item.id), required));
  }

  override celView(_settings: Settings, answer: Json): Json {
    return Object.fromEntries(Object.entries(answer as unknown as ByItem).map(([item, result]) => [item, withoutPhotos(result)]));
  }
}

function itemsOf(settings: Settings): readonly Item[] {
  return rows(settings, "items") as unknown as readonly Item[];
}

function withoutPhotos(result: Result): Json {
  return withoutKey(result as unknown as JsonObject, "photos");
}

function keptUnder(item: string, result: Result | undefined): [string, Json][] {
  return result === undefined ? [] : [[item, keptResult(result)]];
}

function keptResult({ result, note = null, photos, reading = null }: Result): Json {
  const text = trimmed(note);
  return {
    result,
    ...(text !== null && { note: text }),
    ...(photos && photos.length > 0 && { photos }),
    ...(reading !== null && { reading: plainNumber(reading) }),
  };
}

function stillMissing(item: Item, result: Result | undefined, required: boolean): Problem[] {
  if (result === undefined) {
    return required ? [problem("checklist.item_missing", deeper("", item.id), "", { item: item.id })] : [];
  }
  return result.result === "not_ok" && item.not_ok ? followUp(item.id, item.not_ok, result) : [];
}

function followUp(item: string, demanded: NonNullable<Item["not_ok"]>, { note, photos, reading }: Result): Problem[] {
  const problems: Problem[] = [];
  if (demanded.note && note === undefined) problems.push(problem("checklist.note_missing", deeper("", item, "note"), "", { item }));
  if ((photos ?? []).length < demanded.photo) {
    problems.push(problem("checklist.photo_missing", deeper("", item, "photos"), "", { item, limit: demanded.photo }));
  }
  if (demanded.reading && reading === undefined) {
    problems.push(problem("checklist.reading_missing", deeper("", item, "reading"), "", { item }));
  }
  return problems;
}

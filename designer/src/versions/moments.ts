import type { Words } from "@mendloop/engine";
import type { Version } from "../publishing/shapes.ts";

/** A version that says of which save it was made, where that is known. */
export interface Published extends Version { readonly draft_revision: number | null }

export interface Revision {
  readonly revision: number;
  readonly saved_at: string;
  readonly saved_by_name: string;
  /** saved, created, published, or restored; then `note` names what: v3 a version, r12 a save. */
  readonly origin: string;
  readonly note: string;
}

/** A point of the history that can be looked at, compared and gone back to. */
export interface Moment {
  /** `draft`, `v3` or `r12`: tells it from the others. */
  readonly id: string;
  readonly kind: "draft" | "version" | "revision";
  readonly at: string;
  readonly by: string;
  readonly number: number;
  readonly note: string;
  readonly title: Words | null;
  /** What the API restores. */
  readonly restores: { readonly version_id: string } | { readonly revision: number } | null;
  /** What this save went back to: `v3` or `r12`. */
  readonly from: string;
  /** The saves of the same sitting before it, newest first. */
  readonly earlier: readonly Moment[];
}

const SITTING_MS = 15 * 60_000;

/**
 * Versions and sittings, newest first; the draft, which is the newest save, heads its own sitting. A sitting is saves that one person made one soon
 * after the other; what was published, restored, noted or made otherwise ends one, so that it keeps its place. No save is left out.
 */
export function momentsOf(versions: readonly Published[], revisions: readonly Revision[]): readonly Moment[] {
  const published = new Set(versions.map(({ draft_revision }) => draft_revision));
  const sittings: Revision[][] = [];
  for (const [index, one] of revisions.entries()) {
    const newer = revisions[index - 1];
    if (newer !== undefined && goesOn(one, newer) && !published.has(one.revision)) sittings.at(-1)?.push(one);
    else sittings.push([one]);
  }
  const [now, ...before] = sittings.flatMap(([head, ...earlier]) => (head === undefined ? [] : [{ ...ofRevision(head), earlier: earlier.map(ofRevision) }]));
  const past = [...versions.map(ofVersion), ...before].sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  return now === undefined ? past : [{ ...now, id: "draft", kind: "draft", restores: null }, ...past];
}

/** True where `newer` only went on with what `one` is. */
function goesOn(one: Revision, newer: Revision): boolean {
  const soon = Date.parse(newer.saved_at) - Date.parse(one.saved_at) < SITTING_MS;
  return one.origin === "saved" && one.note === "" && newer.origin === "saved" && newer.saved_by_name === one.saved_by_name && soon;
}

/** All that can be chosen, what is folded away too. */
export function unfolded(moments: readonly Moment[]): readonly Moment[] {
  return moments.flatMap((moment) => [moment, ...moment.earlier]);
}

function ofVersion({ version_id, number, published_at: at, published_by_name: by, note, title }: Published): Moment {
  return { id: `v${number}`, kind: "version", at, by, number, note, title, restores: { version_id }, from: "", earlier: [] };
}

function ofRevision({ revision, saved_at: at, saved_by_name: by, note, origin }: Revision): Moment {
  const from = origin === "restored" ? note : "";
  return { id: `r${revision}`, kind: "revision", at, by, number: revision, note: from === "" ? note : "", title: null, restores: { revision }, from, earlier: [] };
}

import type { Words } from "@mendloop/engine";
import type { Client } from "../api/client.ts";
import type { Template } from "../model/index.ts";
import type { Version } from "../publishing/shapes.ts";

export interface Revision {
  readonly revision: number;
  readonly saved_at: string;
  readonly saved_by_name: string;
  readonly origin: string;
  readonly note: string;
}

/** A point of the history that can be looked at, compared and gone back to. */
export interface Moment {
  /** `draft`, `v3` or `r12`: tells it from the others, and stands in the address. */
  readonly id: string;
  readonly kind: "draft" | "version" | "revision";
  readonly at: string;
  readonly by: string;
  readonly number: number;
  readonly note: string;
  readonly title: Words | null;
  /** What the API restores. */
  readonly restores: { readonly version_id: string } | { readonly revision: number } | null;
}

export interface HistoryOf {
  readonly title: Words;
  readonly moments: readonly Moment[];
  readonly mayEdit: boolean;
}

interface DraftFacts { readonly revision: number; readonly saved_at: string; readonly saved_by_name: string; readonly document: Template; readonly rights: readonly string[] }

/** Versions and kept saves of a template, newest first. */
export async function historyOf(client: Client, id: string): Promise<HistoryOf> {
  const [draft, { versions }, { revisions }] = await Promise.all([
    client.get<DraftFacts>(`/templates/${id}/draft`),
    client.get<{ readonly versions: readonly Version[] }>(`/templates/${id}/versions`),
    client.get<{ readonly revisions: readonly Revision[] }>(`/templates/${id}/revisions`),
  ]);
  const now: Moment = { id: "draft", kind: "draft", at: draft.saved_at, by: draft.saved_by_name, number: draft.revision, note: "", title: null, restores: null };
  const earlier = sittings(revisions.filter(({ revision }) => revision !== draft.revision));
  const moments = [...versions.map(ofVersion), ...earlier.map(ofRevision)].sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  return { title: draft.document.title, moments: [now, ...moments], mayEdit: draft.rights.includes("edit") };
}

const SITTING_MS = 15 * 60_000;

/** Of saves that somebody made one soon after the other, only the last; what was restored or made otherwise stays. `revisions` are newest first. */
function sittings(revisions: readonly Revision[]): readonly Revision[] {
  return revisions.filter((one, index) => {
    const newer = revisions[index - 1];
    const goesOn = newer?.origin === "saved" && newer.saved_by_name === one.saved_by_name && Date.parse(newer.saved_at) - Date.parse(one.saved_at) < SITTING_MS;
    return one.origin !== "saved" || one.note !== "" || !goesOn;
  });
}

function ofVersion({ version_id, number, published_at: at, published_by_name: by, note, title }: Version): Moment {
  return { id: `v${number}`, kind: "version", at, by, number, note, title, restores: { version_id } };
}

function ofRevision({ revision, saved_at: at, saved_by_name: by, note }: Revision): Moment {
  return { id: `r${revision}`, kind: "revision", at, by, number: revision, note, title: null, restores: { revision } };
}

/** The template as it was then. */
export async function documentOf(client: Client, id: string, { kind, number, restores }: Moment): Promise<Template> {
  const path = kind === "draft" ? `/templates/${id}/draft` : kind === "revision" ? `/templates/${id}/revisions/${number}` : `/template-versions/${(restores as { readonly version_id: string }).version_id}`;
  return (await client.get<{ readonly document: Template }>(path)).document;
}

import type { Words } from "@mendloop/engine";
import type { Client } from "../api/client.ts";
import type { Template } from "../model/index.ts";
import { type Moment, momentsOf, type Published, type Revision } from "./moments.ts";

export interface HistoryOf {
  readonly title: Words;
  readonly moments: readonly Moment[];
  readonly mayEdit: boolean;
  /** The number before which there are more saves, null where these are all. */
  readonly before: number | null;
  readonly read: { readonly versions: readonly Published[]; readonly revisions: readonly Revision[] };
}

interface DraftFacts { readonly document: Template; readonly rights: readonly string[] }
interface Page { readonly revisions: readonly Revision[] }

/** Versions and kept saves of a template, newest first; of the saves one page. */
export async function historyOf(client: Client, id: string): Promise<HistoryOf> {
  const [draft, { versions }, { revisions }] = await Promise.all([
    client.get<DraftFacts>(`/templates/${id}/draft`),
    client.get<{ readonly versions: readonly Published[] }>(`/templates/${id}/versions`),
    client.get<Page>(`/templates/${id}/revisions`),
  ]);
  return told({ title: draft.document.title, mayEdit: draft.rights.includes("edit") }, versions, revisions, revisions.at(-1));
}

/** The same with the next page of saves. */
export async function moreOf(client: Client, id: string, history: HistoryOf): Promise<HistoryOf> {
  const { revisions } = await client.get<Page>(`/templates/${id}/revisions?before=${history.before ?? 0}`);
  return told(history, history.read.versions, [...history.read.revisions, ...revisions], revisions.at(-1));
}

function told({ title, mayEdit }: Pick<HistoryOf, "title" | "mayEdit">, versions: readonly Published[], revisions: readonly Revision[], oldest: Revision | undefined): HistoryOf {
  const before = oldest === undefined || oldest.revision <= 1 ? null : oldest.revision;
  return { title, mayEdit, moments: momentsOf(versions, revisions), before, read: { versions, revisions } };
}

/** The template as it was then. */
export async function documentOf(client: Client, id: string, { kind, number, restores }: Moment): Promise<Template> {
  const path = kind === "draft" ? `/templates/${id}/draft` : kind === "revision" ? `/templates/${id}/revisions/${number}` : `/template-versions/${(restores as { readonly version_id: string }).version_id}`;
  return (await client.get<{ readonly document: Template }>(path)).document;
}

import type { Session } from "../session.ts";
import { language } from "../words/index.ts";

/** Where a template is shown as a document to print: its draft, or one of its versions. */
export function printedAt(templateId: string, version: number | null): string {
  const which = version === null ? "" : `version=${version}&`;
  return `/templates/${encodeURIComponent(templateId)}/printed?${which}language=${language.value}`;
}

/** Open the draft as a document, beside the designer. The server prints what it has: so what was edited goes there first. */
export async function printDraft({ store, templateId }: Session): Promise<void> {
  await store.saveNow();
  open(printedAt(templateId, null), "_blank", "noopener");
}

import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { Editor, type Field, type Template } from "../../src/model/index.ts";
import { Client } from "../../src/api/client.ts";
import type { CheckResult, Right, Session } from "../../src/session.ts";

/** A template of two steps, the first with these fields. */
export function templateWith(fields: readonly Field[]): Template {
  return {
    format: 1, key: "washer", title: { en: "Washer" }, roles: { engineer: {} }, start: "look",
    nodes: {
      look: { kind: "step", role: "engineer", title: { en: "Look" }, fields, next: [{ to: "repair" }] },
      repair: { kind: "step", role: "engineer", title: { en: "Repair" }, fields: [], next: [{ to: "done" }] },
      done: { kind: "end", outcome: "repaired" },
    },
  };
}

/** A session as the room sees it, without a server. */
export function sessionWith(fields: readonly Field[], rights: readonly Right[] = ["view", "edit"]): Session & { readonly told: string[]; readonly check: Signal<CheckResult | null> } {
  const told: string[] = [];
  const quiet = <T>(value: T): ReadonlySignal<T> => signal(value);
  return {
    templateId: "t", client: new Client(), editor: new Editor({ template: templateWith(fields), layout: {} }), rights: signal(rights), schema: signal(null), check: signal<CheckResult | null>(null),
    saving: quiet({ kind: "saved", at: 0 }), people: quiet([]), open: signal<string | null>("look"), track: signal(null), reveal: () => undefined, revealed: quiet(null),
    tell: (text: string) => { told.push(text); }, told,
  } as unknown as ReturnType<typeof sessionWith>;
}

export const text = (id: string): Field => ({ id, type: "text", label: { en: id } });

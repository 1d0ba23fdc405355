import { useEffect, useState } from "preact/hooks";
import type { Json, Words } from "@mendloop/engine";
import { at, pathOf, type Template } from "../model/index.ts";
import type { Session } from "../session.ts";
import type { CelType } from "./ops.ts";

export interface Name {
  readonly name: string;
  readonly type: CelType;
  readonly label: Words;
}

export interface Callable {
  readonly name: string;
  readonly member: boolean;
  readonly signatures: readonly string[];
  readonly result: string;
  readonly label: Words;
}

export interface Names {
  readonly names: readonly Name[];
  readonly functions: readonly Callable[];
}

const NONE: Names = { names: [], functions: [] };
let known: { readonly template: Template; readonly at: string; readonly names: Promise<Names> } | null = null;

/** What an expression at `at` can read and call, as the server knows it of this draft. Fetched once for a draft and a place. */
export async function namesAt(session: Session, at: string): Promise<Names> {
  const { template } = session.editor.draft.peek();
  if (known?.template !== template || known.at !== at) {
    const names = session.client.act<Names>("POST", "/expressions/names", { document: template as unknown as Json, at });
    known = { template, at, names };
    names.catch(() => { known = null; });
  }
  return await known.names;
}

/** The names at `at`, fetched when `wanted`; `failed` while the server cannot be reached. */
export function useNames(session: Session, at: string, wanted: boolean): { readonly names: Names; readonly failed: boolean } {
  const [state, show] = useState({ names: NONE, failed: false });
  useEffect(() => {
    if (!wanted) return;
    let isOver = false;
    namesAt(session, at).then((names) => { if (!isOver) show({ names, failed: false }); }, () => { if (!isOver) show({ names: NONE, failed: true }); });
    return () => { isOver = true; };
  }, [session, at, wanted]);
  return state;
}

const OWN = /^(\/nodes\/[^/]+\/fields\/\d+)\/(visible|required)$/;

/** Whether a field is shown or has to be filled in cannot hang on what it says itself. */
export function possible(names: readonly Name[], template: Template, pointer: string): readonly Name[] {
  const field = OWN.exec(pointer)?.[1];
  const own = field === undefined ? undefined : at(template, pathOf(template, `${field}/id`));
  return typeof own === "string" ? names.filter(({ name }) => name !== own && !name.startsWith(`${own}.`)) : names;
}

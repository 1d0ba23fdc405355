import type { Json, JsonObject, Words } from "@mendloop/engine";
import type { ReadonlySignal, Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Client } from "./api/client.ts";
import type { Draft, Editor, Selection } from "./model/index.ts";
import type { Saving } from "./store/index.ts";

/** What somebody may do with a template; each includes those before it. */
export type Right = "view" | "edit" | "publish" | "own";

/** A stretch of a run that shows a problem: nodes in the order in which they are reached. */
export interface RunStep {
  readonly node: string;
  readonly what: string;
  /** The route that is taken, as `node/number`. */
  readonly route: string | null;
  /** Where work is then. */
  readonly work_at: readonly string[];
  readonly words: Words;
}

export interface Found {
  readonly code: string;
  /** JSON pointer into the template. */
  readonly at: string;
  /** The name of the element it is about, as people know it. */
  readonly element: string;
  readonly params: JsonObject;
  readonly severity: "error" | "warning";
  readonly message: Words;
  readonly run?: readonly RunStep[] | null;
  /** Of a problem in an expression: where in it, in characters. */
  readonly from?: number | null;
  readonly to?: number | null;
}

export interface TypedExpression {
  readonly at: string;
  readonly source: string;
  readonly tree: Json;
  readonly type: string | null;
}

export interface CheckResult {
  /** The draft that was checked: newer edits may wait for the next check. */
  readonly draft: Draft;
  readonly problems: readonly Found[];
  /** The compiled plan; null while there are errors. */
  readonly plan: JsonObject | null;
  readonly expressions: readonly TypedExpression[];
}

export type SaveState =
  /** The server has everything. `at` is a time of the clock on the wall, in ms. */
  | { readonly kind: "saved"; readonly at: number }
  | { readonly kind: "saving" }
  /** The server cannot be reached; this computer keeps everything since `at`. */
  | { readonly kind: "kept"; readonly at: number; readonly why: "offline" | "signed_out" | "refused" }
  /** Somebody else has changed the same; a person has to choose. */
  | { readonly kind: "conflict" }
  /** Not even this computer can keep it: leaving would lose it. */
  | { readonly kind: "unkept" };

/** Somebody else who has this draft open. */
export interface Colleague {
  readonly session: string;
  readonly person_id: string;
  readonly name: string;
  readonly selection: Selection | null;
  readonly since: string;
}

/** Where a run stands on the flow: an order that is tried, or the run that shows a problem. */
export interface Track {
  readonly open: readonly string[];
  readonly done: readonly string[];
  /** Routes taken, as `node index`. */
  readonly routes: readonly string[];
}

/** One template that is open in the designer: what every room of it works on. */
export interface Session {
  readonly templateId: string;
  readonly client: Client;
  readonly editor: Editor;
  readonly rights: ReadonlySignal<readonly Right[]>;
  /** The JSON Schema of templates, with words in both languages: what panels are made from. Null until it is fetched. */
  readonly schema: ReadonlySignal<JsonObject | null>;
  readonly check: ReadonlySignal<CheckResult | null>;
  readonly saving: ReadonlySignal<SaveState>;
  /** How what is edited becomes safe, and what has to be chosen before it can. */
  readonly store: Saving;
  readonly people: ReadonlySignal<readonly Colleague[]>;
  /** The step whose fields are open. */
  readonly open: Signal<string | null>;
  /** What the canvas draws over the flow. */
  readonly track: Signal<Track | null>;
  /** Select, open and show the element that a JSON pointer names. */
  readonly reveal: (pointer: string) => void;
  /** What was revealed last; a room scrolls to it and gives it the focus. Counts up, so that the same can be shown again. */
  readonly revealed: ReadonlySignal<{ readonly pointer: string; readonly count: number } | null>;
  /** Say something that goes away by itself: "3 steps copied". */
  readonly tell: (text: string) => void;
}

const Context = createContext<Session | null>(null);
export const SessionProvider = Context.Provider;

export function useSession(): Session {
  const session = useContext(Context);
  if (session === null) throw new Error("a room was shown before a template was open");
  return session;
}

/** True when this person may change the draft. */
export function mayEdit(session: Session): boolean {
  return session.rights.value.includes("edit");
}

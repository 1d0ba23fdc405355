import type { Json, JsonObject, OrderFacts, PlanField, Problem, State, Words } from "@mendloop/engine";
import type { ReadonlySignal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { FieldWord } from "./words.ts";

export type Language = "zh-CN" | "en";
export type Params = Readonly<Record<string, string | number>>;
export type PhotoSize = "thumb" | "view";
export type PhotoSource = "camera" | "gallery";

/** What was to be kept is no picture, or none that this phone can read. */
export class NotAPicture extends Error {
  override readonly name = "NotAPicture";
}

/** However small this phone makes the picture, the server would not take it. */
export class PictureTooLarge extends Error {
  override readonly name = "PictureTooLarge";
}

/** Where pictures are kept. `keep` settles only when the picture is safely stored; its answer is the SHA-256. */
export interface PhotoKeeper {
  keep: (picture: Blob) => Promise<string>;
  keepAsIs: (picture: Blob) => Promise<string>;
  /** An address for an <img>; null when the picture is nowhere to be had. */
  address: (photo: string, size: PhotoSize) => Promise<string | null>;
  /** The same for a picture of the template: it was never taken here. */
  templatePicture: (picture: string, size: PhotoSize) => Promise<string | null>;
}

export interface PartFound {
  readonly id: string;
  readonly label: Words | string;
  readonly unit?: string;
  /** The products it is made for, `*` standing for anything; none: it goes into any. */
  readonly fits?: readonly string[];
  readonly serial?: boolean;
}

/** A part that a step will probably need. */
export interface RecommendedPart extends PartFound {
  /** The field of the step in which it is recorded. */
  readonly field: string;
  /** How probable it is, between 0 and 1, and why anybody thinks so. */
  readonly probability: number;
  readonly why: Words;
}

/** Acts on isolation points. Each answers what was wrong; nothing when it was done. */
export interface GateActs {
  lock: (field: string, point: string, photo: string | null) => Promise<readonly Problem[]>;
  unlock: (field: string, point: string) => Promise<readonly Problem[]>;
}

/** What field widgets need from whoever shows them: the runner on a phone, the designer in its preview. */
export interface FieldHost {
  readonly language: ReadonlySignal<Language>;
  say: (key: FieldWord, params?: Params) => string;
  read: (words: Words | null | undefined) => string;
  explain: (problem: Problem) => string;
  readonly person: { readonly id: string; readonly name: string };
  nameOf: (person: string) => string;
  /** A moment as people read it, on the clock of the record. */
  timeOf: (at: string) => string;
  readonly photos: PhotoKeeper;
  findParts: (query: string) => Promise<readonly PartFound[]>;
  /** Parts that the step will probably need, the most probable first; none where nothing is known. */
  recommended: () => ReadonlySignal<readonly RecommendedPart[]>;
  readonly order: ReadonlySignal<OrderFacts>;
  readonly locks: ReadonlySignal<State["locks"]>;
  /** Pictures of an earlier shot, named `step.field.shot`. */
  earlierShots: (pair: string) => readonly string[];
  readonly gate: GateActs;
  /** What the point of an earlier gate `step.field` is called. */
  labelOfPoint: (gate: string, point: string) => Words | string;
  /** `<step>` of the fields shown: gates are named by it. */
  readonly step: string;
}

const Context = createContext<FieldHost | null>(null);
export const FieldHostProvider = Context.Provider;

export function useHost(): FieldHost {
  const host = useContext(Context);
  if (host === null) throw new Error("a field was shown without its host");
  return host;
}

/** What a widget gets. `change` says something new; `settle` says that the person is done with it for now. */
export interface FieldProps {
  readonly field: PlanField;
  /** Prefix of DOM ids: unique on the page. */
  readonly id: string;
  readonly answer: Json | undefined;
  readonly problems: readonly Problem[];
  readonly readonly: boolean;
  readonly wrong: boolean;
  change: (answer: Json) => void;
  settle: () => void;
  readonly reason?: string;
  giveReason?: (reason: string) => void;
}

/** A setting of a field as `T`. The engine has checked settings when the template was published. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller names the type that the schema promises
export function setting<T>(settings: JsonObject, name: string): T | undefined {
  const value = settings[name];
  return value === undefined || value === null ? undefined : (value as T);
}

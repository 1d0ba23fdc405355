import { at } from "../model/index.ts";
import { type Kind, kindOf } from "./schema/kind.ts";
import { resolved, type Schema } from "./schema/schema.ts";
import { hasControl } from "./shown_kinds.ts";

/** One setting of an element. */
export interface Setting {
  readonly key: string;
  readonly schema: Schema;
  readonly kind: Kind;
  readonly isRequired: boolean;
  readonly isSet: boolean;
}

/** Where the settings of an element are shown: at once, behind a "+", or behind "More". */
export interface Arrangement {
  readonly shown: readonly Setting[];
  readonly addable: readonly Setting[];
  readonly rare: readonly Setting[];
  readonly names: readonly Setting[];
}

/** These take room while they are empty: until then only their name is shown. */
const ROOMY: ReadonlySet<Kind> = new Set(["words", "text", "position", "list", "object", "expression", "condition", "references", "globs", "range"]);

/** Every setting that `schema` (resolved) has, in its order. `only` also gives the order. */
export function settingsOf(root: Schema, schema: Schema, value: unknown, only?: readonly string[], without: readonly string[] = []): readonly Setting[] {
  const properties = schema.properties ?? {};
  return (only ?? Object.keys(properties)).filter((key) => !without.includes(key) && properties[key] !== undefined).map((key) => {
    const inner = resolved(root, properties[key] ?? {});
    return { key, schema: inner, kind: kindOf(root, inner), isRequired: schema.required?.includes(key) === true, isSet: at(value, [key]) !== undefined };
  }).filter(({ kind }) => hasControl(kind));
}

/** What is set is always seen; what is not, only where it takes no room or has to be given. `folded` stays where it is: nothing jumps away while it is being set. */
export function arranged(settings: readonly Setting[], opened: ReadonlySet<string>, folded: ReadonlySet<string> = new Set()): Arrangement {
  const isSeen = ({ key, isSet, isRequired }: Setting): boolean => isSet || isRequired || opened.has(key);
  const names = settings.filter(({ kind }) => kind === "name");
  const rest = settings.filter(({ kind }) => kind !== "name");
  const rare = rest.filter((setting) => setting.schema["x-rare"] === true && (!isSeen(setting) || (folded.has(setting.key) && !opened.has(setting.key))));
  const usual = rest.filter((setting) => !rare.includes(setting));
  const addable = usual.filter((setting) => ROOMY.has(setting.kind) && !isSeen(setting));
  return { shown: usual.filter((setting) => !addable.includes(setting)), addable, rare, names };
}

import type { JSX } from "preact";
import { language, say } from "../../words/index.ts";
import { optionsFor, type Option } from "../references.ts";
import { resolved, type Schema } from "../schema/schema.ts";
import { type ControlProps, rootSchema, useControl } from "../use.ts";
import { furtherRoles, giveRole, roleCalled, workRoles } from "../work_roles.ts";
import { Combobox } from "./combobox.tsx";
import { Frame, told } from "./frame.tsx";
import { Tokens } from "./tokens.tsx";

const NAME = /^[a-z][a-z0-9_]{0,63}$/;

/** The name of something else in the template, chosen by what it is called. */
export function Reference(props: ControlProps): JSX.Element {
  const control = useControl<string>(props);
  const target = control.schema["x-refers-to"] ?? "node";
  const further = useFurther(props, target);
  const options = useOptions(props, target);
  const value = control.value ?? "";
  const isGone = value !== "" && !options.some((option) => option.value === value);
  const isFree = target === "outcome";
  const none: readonly Option[] = props.required === true ? [] : [{ value: "", label: say("panels.none") }];
  const frame = { ...control, bare: props.bare, beside: true, wrong: isGone && !isFree ? say("panels.gone", { name: value }) : undefined };
  const choose = ({ value: chosen }: Option): void => {
    if (further?.take(chosen) === true) return;
    const name = isFree ? nameFrom(chosen) : chosen;
    if (name !== null) control.set(name === "" ? undefined : name);
  };
  return (
    <Frame {...frame}>
      <Combobox id={control.id} options={[...(value === "" ? [] : none), ...options, ...(further?.options ?? [])]} value={value} onChoose={choose} isFree={isFree} offer={further?.offer} readonly={control.readonly}
        placeholder={say("panels.choose")} autofocus={props.autofocus} attributes={{ "data-pointer": props.pointer, ...told(frame) }} />
    </Frame>
  );
}

/** Several of them. */
export function References(props: ControlProps): JSX.Element {
  const control = useControl<readonly string[]>(props);
  const item: Schema = resolved(rootSchema(props.session), control.schema.items ?? {});
  const options = useOptions(props, item["x-refers-to"] ?? "node");
  const own = props.pointer.split("/")[2];
  return (
    <Frame {...control} bare={props.bare}>
      <Tokens id={control.id} label={control.label} options={options.filter(({ value }) => value !== own)} values={control.value ?? []} readonly={control.readonly} autofocus={props.autofocus}
        onChange={(values) => { control.set(values.length === 0 ? undefined : [...values]); }} attributes={{ "data-pointer": props.pointer, ...told({ ...control, bare: props.bare }) }} />
    </Frame>
  );
}

function useOptions({ session, pointer }: ControlProps, target: string): readonly Option[] {
  return optionsFor(session.editor.draft.value.template, target, pointer);
}

interface Further {
  readonly options: readonly Option[];
  readonly offer: (text: string) => Option;
  /** True when it was none of the template's. */
  readonly take: (chosen: string) => boolean;
}

/** Work needs a role that the template does not have yet: the company's are at hand, and what is typed can be a new one. */
function useFurther({ session, pointer }: ControlProps, target: string): Further | null {
  if (target !== "role") return null;
  const known = workRoles(session.client).value;
  const { template } = session.editor.draft.value;
  return {
    options: furtherRoles(template, known),
    offer: (text) => ({ value: text, label: say("panels.add_role_called", { name: text }), icon: "plus" }),
    take: (chosen) => {
      if (chosen === "" || template.roles[chosen] !== undefined) return false;
      session.editor.edit((draft) => giveRole(draft, pointer, roleCalled(chosen, known, language.peek())));
      return true;
    },
  };
}

/** A typed text as a name for machines; null: it cannot be one. */
function nameFrom(text: string): string | null {
  const name = text.trim().toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
  return text === "" || NAME.test(name) ? name : null;
}

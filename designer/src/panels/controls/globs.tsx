import type { JSX } from "preact";
import { say } from "../../words/index.ts";
import { resolved } from "../schema/schema.ts";
import { placeholderOf } from "../schema/telling.ts";
import { suggestions } from "../suggestions.ts";
import { type ControlProps, rootSchema, useControl } from "../use.ts";
import { Combobox } from "./combobox.tsx";
import { Frame, told } from "./frame.tsx";
import { Tokens } from "./tokens.tsx";

/** Products or fault codes, one or several; "*" stands for anything. The company's own are offered, others may be typed. */
export function Globs(props: ControlProps): JSX.Element {
  const control = useControl<string | readonly string[]>(props);
  const { schema } = control;
  const isOne = schema["x-refers-to"] !== undefined;
  const target = (isOne ? schema : resolved(rootSchema(props.session), schema.items ?? {}))["x-refers-to"] === "fault" ? "fault" : "product";
  const options = suggestions(props.session.client, target);
  const attributes = { "data-pointer": props.pointer, ...told({ ...control, bare: props.bare }) };
  const common = { id: control.id, options, readonly: control.readonly, autofocus: props.autofocus, attributes, isFree: true };
  if (isOne) {
    return (
      <Frame {...control} bare={props.bare} beside>
        <Combobox {...common} value={typeof control.value === "string" ? control.value : ""} placeholder={placeholderOf(schema)} onChoose={({ value }) => { control.set(value); }} />
      </Frame>
    );
  }
  const values = Array.isArray(control.value) ? (control.value as readonly string[]) : [];
  return (
    <Frame {...control} bare={props.bare}>
      <Tokens {...common} label={control.label} values={values} onChange={(chosen) => { control.set(chosen.length === 0 ? undefined : [...chosen]); }}
        placeholder={say(target === "fault" ? "panels.add_fault" : "panels.add_product")} />
    </Frame>
  );
}

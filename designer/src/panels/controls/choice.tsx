import type { Json } from "@mendloop/engine";
import type { JSX } from "preact";
import { say } from "../../words/index.ts";
import { valueWord } from "../schema/telling.ts";
import { type ControlProps, useControl } from "../use.ts";
import { Frame, told } from "./frame.tsx";
import { Segments } from "./toggle.tsx";

const FEW = 3;

/** One of the values of an enumeration: side by side when there are few. */
export function Choice(props: ControlProps): JSX.Element {
  const control = useControl<Json>(props);
  const { schema } = control;
  const values = schema.enum ?? [];
  const usual = schema.default;
  const set = (value: Json | undefined): void => { control.set(value === usual ? undefined : value); };
  const frame = { ...control, bare: props.bare, beside: true, group: values.length <= FEW };
  if (values.length <= FEW) {
    const options = values.map((value) => ({ value: value, word: valueWord(schema, value) }));
    return <Frame {...frame}><Segments name={control.id} options={options} value={control.value ?? usual} isDisabled={control.readonly} onChange={set} /></Frame>;
  }
  return (
    <Frame {...frame}>
      <select id={control.id} class="select" disabled={control.readonly} data-pointer={props.pointer} {...told(frame)}
        onChange={(event) => { set(values[event.currentTarget.selectedIndex - 1]); }}>
        <option selected={control.value === undefined}>{usual === undefined ? say("panels.none") : say("panels.usual_is", { value: valueWord(schema, usual) })}</option>
        {values.map((value) => <option key={JSON.stringify(value)} selected={value === control.value}>{valueWord(schema, value)}</option>)}
      </select>
    </Frame>
  );
}

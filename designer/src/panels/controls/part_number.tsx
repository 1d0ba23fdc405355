import type { Json } from "@mendloop/engine";
import type { JSX } from "preact";
import { joined } from "../../model/index.ts";
import { read, say } from "../../words/index.ts";
import { changeAt, labelOf } from "../edit.ts";
import type { Option } from "../references.ts";
import { useSearch } from "../searching.ts";
import { type Part, partsLike } from "../suggestions.ts";
import { type ControlProps, useControl } from "../use.ts";
import { Combobox } from "./combobox.tsx";
import { Frame, told } from "./frame.tsx";

/** A part's number, searched in stock; its name and unit come along. Others may be typed. */
export function PartNumber(props: ControlProps): JSX.Element {
  const control = useControl<string>(props);
  const { found: parts, search } = useSearch((query) => partsLike(props.session.client, query));
  const frame = { ...control, bare: props.bare, beside: true };
  const options = parts.map(({ number, name }) => ({ value: number, label: number, note: read(name) }));
  const choose = ({ value }: Option): void => { take(props, value, parts.find(({ number }) => number === value)); };
  return (
    <Frame {...frame}>
      <Combobox id={control.id} options={options} value={control.value ?? ""} onChoose={choose} onQuery={search} isFree readonly={control.readonly} autofocus={props.autofocus}
        placeholder={say("panels.search_stock")} attributes={{ "data-pointer": props.pointer, ...told(frame) }} />
    </Frame>
  );
}

/** One edit: the number, and what the stock says of the part. */
function take({ session, pointer }: ControlProps, number: string, part: Part | undefined): void {
  const line = pointer.slice(0, pointer.lastIndexOf("/"));
  const facts: readonly (readonly [string, Json])[] = part === undefined ? [] : [["label", part.name], ["unit", part.unit], ...(part.serial_tracked ? [["serial", true] as const] : [])];
  session.editor.edit((draft) => {
    const label = labelOf(number);
    return facts.reduce((whole, [key, value]) => {
      const more = changeAt(whole?.apply(draft) ?? draft, `${line}/${key}`, value, label);
      return whole === null || more === null ? (whole ?? more) : joined(whole, more);
    }, changeAt(draft, pointer, number, label));
  });
}

import type { Words } from "@mendloop/engine";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Found } from "../../session.ts";
import { language, read, say } from "../../words/index.ts";
import { lackingIn, type Position as Place, positionsLike, productsAt } from "../positions.ts";
import type { Option } from "../references.ts";
import { useSearch } from "../searching.ts";
import { type ControlProps, useControl } from "../use.ts";
import { Combobox } from "./combobox.tsx";
import { Frame, told } from "./frame.tsx";

const NAMED = 3;

/** A position of the bill of materials, searched in those of the products meant here. Others may be typed; they are told. */
export function Position(props: ControlProps): JSX.Element {
  const { session, pointer } = props;
  const control = useControl<string>(props);
  const products = productsAt(session.editor.draft.value.template, pointer);
  const { found, search } = useSearch((text) => positionsLike(session.client, products, text));
  const value = control.value ?? "";
  const lacking = useLacking(props, products, value);
  const frame = { ...control, bare: props.bare, problem: control.problem ?? warned(pointer, lacking) };
  const none: readonly Option[] = value === "" ? [] : [{ value: "", label: say("panels.none") }];
  return (
    <Frame {...frame}>
      <Combobox id={control.id} options={[...none, ...found.map(optionOf)]} value={value} onChoose={({ value: chosen }) => { control.set(chosen === "" ? undefined : chosen); }} onQuery={search} isFree
        readonly={control.readonly} autofocus={props.autofocus} placeholder={say("panels.search_positions")} attributes={{ "data-pointer": pointer, ...told(frame) }} />
    </Frame>
  );
}

function optionOf({ address, label, part }: Place): Option {
  return { value: address, label: address, note: [read(label), part ?? ""].filter((text) => text !== "").join(" · ") };
}

/** Asked anew when the position or the products change; nothing is said before the answer is here. */
function useLacking({ session }: ControlProps, products: readonly string[], position: string): readonly Words[] {
  const [lacking, setLacking] = useState<readonly Words[]>([]);
  useEffect(() => {
    let isWanted = true;
    setLacking([]);
    void lackingIn(session.client, products, position).then((answer) => { if (isWanted) setLacking(answer); });
    return () => { isWanted = false; };
  }, [session, position, products.join(",")]);
  return lacking;
}

function warned(pointer: string, lacking: readonly Words[]): Found | null {
  if (lacking.length === 0) return null;
  const names = lacking.slice(0, NAMED).map((title) => read(title)).join(say("panels.between"));
  const products = lacking.length > NAMED ? say("panels.and_more", { what: names, count: lacking.length - NAMED }) : names;
  return { code: "position.unknown", at: pointer, element: "", params: {}, severity: "warning", message: { [language.value]: say("panels.position_unknown", { products }) } };
}

import type { Json } from "@mendloop/engine";
import type { JSX } from "preact";
import { say } from "../../words/index.ts";
import { type ControlProps, useControl } from "../use.ts";
import { Frame } from "./frame.tsx";
import { NumberFrame } from "./number.tsx";

type Ends = readonly [number | null, number | null];

/** From … to …; each end may be open. A single number is the upper end. */
export function Range(props: ControlProps & { readonly unit?: string | undefined }): JSX.Element {
  const control = useControl<Json>(props);
  const [from, to] = endsOf(control.value);
  const isTwisted = from !== null && to !== null && from > to;
  const set = (ends: Ends): void => { control.set(ends[0] === null && ends[1] === null ? undefined : [...ends]); };
  const end = (word: "panels.from" | "panels.to", value: number | null, place: 0 | 1): JSX.Element => (
    <NumberFrame id={`${control.id}-${place}`} label={`${control.label}: ${say(word)}`} bare readonly={control.readonly} value={value ?? undefined} bounds={{ whole: false }} unit={place === 1 ? (props.unit ?? "") : ""}
      placeholder={say(word)} pointer={`${props.pointer}/${place}`} autofocus={place === 0 ? props.autofocus : false}
      onChange={(changed) => { set(place === 0 ? [changed ?? null, to] : [from, changed ?? null]); }} />
  );
  return (
    <Frame {...control} bare={props.bare} beside group wrong={isTwisted ? say("panels.twisted") : undefined}>
      <span class="panels-range">{end("panels.from", from, 0)}<span aria-hidden="true">–</span>{end("panels.to", to, 1)}</span>
    </Frame>
  );
}

export function endsOf(value: Json | undefined): Ends {
  if (typeof value === "number") return [null, value];
  if (!Array.isArray(value)) return [null, null];
  const end = (place: number): number | null => (typeof value[place] === "number" ? value[place] : null);
  return [end(0), end(1)];
}

import type { JSX } from "preact";
import { Controls } from "../controls.tsx";
import { type ControlProps, useControl } from "../use.ts";
import { Frame } from "./frame.tsx";

/** Settings that belong together, under one name. */
export function Nested(props: ControlProps): JSX.Element {
  const control = useControl<object>(props);
  return (
    <Frame {...control} bare={props.bare} group problem={control.problem?.at === props.pointer ? control.problem : null}>
      <div class="panels-nested"><Controls session={props.session} pointer={props.pointer} schema={control.schema} isFolded={false} /></div>
    </Frame>
  );
}

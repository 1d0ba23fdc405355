import type { Words } from "@mendloop/engine";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { isWord, language, say } from "../../words/index.ts";
import { setWord } from "../edit.ts";
import { missingIn, tonguesIn, tonguesOf } from "../tongues.ts";
import { useTyping } from "../typing.ts";
import { type Control, type ControlProps, useControl } from "../use.ts";
import { Frame, told } from "./frame.tsx";
import { Lines } from "./text.tsx";

/** The same words in each language, side by side where there is room; the language that is spoken first. What is missing is marked. */
export function WordsControl(props: ControlProps): JSX.Element {
  const control = useControl<Words>(props);
  const tongues = tonguesOf(control.value, language.value, tonguesIn(props.session.editor.draft.value.template));
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => { if (props.autofocus === true) place.current?.querySelector("textarea")?.focus(); }, []);
  return (
    <Frame {...control} bare={props.bare} group>
      <div class="panels-words" ref={place}>
        {tongues.map((tongue) => (
          <Tongue key={tongue} control={control} tongue={tongue} {...props} isMissing={missingIn(control.value, tongue, props.required === true)} />
        ))}
      </div>
    </Frame>
  );
}

interface TongueProps extends ControlProps {
  readonly control: Control<Words>;
  readonly tongue: string;
  readonly isMissing: boolean;
}

function Tongue({ control, tongue, isMissing, session, pointer }: TongueProps): JSX.Element {
  const isMultiline = control.schema["x-lines"] === true;
  const typing = useTyping({
    text: control.value?.[tongue] ?? "", isMultiline,
    commit: (text) => { setWord(session, pointer, tongue, isMultiline ? text : text.replace(/\s*\n\s*/g, " ")); },
  });
  const name = tongueName(tongue);
  const common = {
    id: `${control.id}-${tongue}`, lang: tongue, readOnly: control.readonly, placeholder: isMissing ? say("panels.missing_in", { tongue: tongueWord(tongue) }) : "",
    ...told({ ...control, bare: true, label: `${control.label} (${name})` }), "data-missing": isMissing ? tongue : undefined, "data-pointer": `${pointer}/${tongue}`,
  };
  return <div class="panels-tongue"><span class="panels-flag" aria-hidden="true">{shortName(tongue)}</span><Lines typing={typing} common={common} /></div>;
}

/** What a language calls itself. */
export function tongueName(tongue: string): string {
  return tongue === "zh-CN" ? "中文" : tongue === "en" ? "English" : tongue;
}

/** What the language that is spoken calls it. */
export function tongueWord(tongue: string): string {
  const word = `panels.tongue_${tongue}`;
  return isWord(word) ? say(word) : tongue;
}

export function shortName(tongue: string): string {
  return tongue === "zh-CN" ? "中" : tongue.slice(0, 2).toUpperCase();
}

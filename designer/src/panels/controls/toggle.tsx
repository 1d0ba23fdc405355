import type { JSX } from "preact";
import { say } from "../../words/index.ts";
import { type ControlProps, useControl } from "../use.ts";
import { Frame, told } from "./frame.tsx";

/** Yes or no. The default is left unsaid. */
export function Toggle(props: ControlProps): JSX.Element {
  const control = useControl<boolean>(props);
  const usual = control.schema.default === true;
  const frame = { ...control, bare: props.bare, beside: true };
  const choose = (isOn: boolean): void => { control.set(isOn === usual ? undefined : isOn); };
  return (
    <Frame {...frame}>
      <input type="checkbox" role="switch" class="panels-switch" id={control.id} checked={control.value ?? usual} disabled={control.readonly} data-pointer={props.pointer} {...told(frame)}
        ref={(input) => { if (props.autofocus === true) input?.focus(); }}
        onChange={(event) => { choose(event.currentTarget.checked); }} />
    </Frame>
  );
}

/** Yes, no, or whatever is usual (`usual` says what that is). */
export function ThreeWay(props: ControlProps & { readonly usual?: boolean }): JSX.Element {
  const control = useControl<boolean>(props);
  const name = control.id;
  const options: readonly { readonly value: boolean | undefined; readonly word: string }[] = [
    { value: undefined, word: props.usual === undefined ? say("panels.usual") : say("panels.usual_is", { value: say(props.usual ? "panels.yes" : "panels.no") }) },
    { value: true, word: say("panels.yes") },
    { value: false, word: say("panels.no") },
  ];
  return (
    <Frame {...control} bare={props.bare} beside group>
      <Segments name={name} options={options} value={control.value} isDisabled={control.readonly} onChange={control.set} />
    </Frame>
  );
}

export interface SegmentsProps<Value> {
  readonly name: string;
  readonly options: readonly { readonly value: Value; readonly word: string }[];
  readonly value: Value;
  readonly isDisabled: boolean;
  readonly onChange: (value: Value) => void;
}

/** A few words of which one is chosen. */
export function Segments<Value>({ name, options, value, isDisabled, onChange }: SegmentsProps<Value>): JSX.Element {
  return (
    <div class="panels-segments">
      {options.map((option) => (
        <label key={option.word}>
          <input type="radio" name={name} checked={option.value === value} disabled={isDisabled} onChange={() => { onChange(option.value); }} />
          <span>{option.word}</span>
        </label>
      ))}
    </div>
  );
}

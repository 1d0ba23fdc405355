import type { Words } from "@mendloop/engine";
import type { JSX } from "preact";
import { Problems } from "../frame.tsx";
import { type FieldProps, setting, useHost } from "../host.ts";
import { Icon, type IconName } from "../icon.tsx";
import { InstructionPictures } from "../pieces.ts";
import type { InstructionPicture } from "./instruction_pictures.tsx";
import { Option } from "./options.tsx";

interface SafetyNote {
  readonly level: "info" | "caution" | "danger";
  readonly text: Words;
}

const SIGNS: Readonly<Record<SafetyNote["level"], IconName>> = { info: "info", caution: "warning", danger: "danger" };

/** What to do, with its safety notes first. Where it wants to be confirmed, what follows waits for that. */
export function InstructionWidget(props: FieldProps): JSX.Element {
  const { field, id } = props;
  const host = useHost();
  const notes = setting<SafetyNote[]>(field.settings, "safety") ?? [];
  const label = host.read(field.label);
  const prose = host.read(setting<Words>(field.settings, "text"));
  const pictures = setting<InstructionPicture[]>(field.settings, "pictures") ?? [];
  return (
    <section class={`field instruction${props.wrong ? " wrong" : ""}`} id={`${id}-card`} data-testid={`field-${field.id}`} data-type="instruction">
      {notes.map((note, place) => <Note key={place} {...note} />)}
      {prose === "" && label === "" && pictures.length === 0 ? null : (
        <div class="paper">
          {label === "" ? null : <span class="field-label" id={`${id}-label`}>{label}</span>}
          {prose === "" ? null : <p class="prose">{prose}</p>}
          {pictures.length === 0 ? null : <InstructionPictures field={field.id} pictures={pictures} />}
        </div>
      )}
      <Confirm {...props} />
      <Problems id={id} field={field} problems={props.wrong ? props.problems : []} />
    </section>
  );
}

function Note({ level, text }: SafetyNote): JSX.Element {
  const host = useHost();
  return (
    <div class={`safety ${level}`} role="note">
      <Icon name={SIGNS[level]} />
      <div><strong>{host.say(`safety.${level}`)}</strong>{host.read(text)}</div>
    </div>
  );
}

function Confirm({ field, id, answer, readonly, change, settle }: FieldProps): JSX.Element | null {
  const host = useHost();
  if (setting<boolean>(field.settings, "confirm") !== true) return null;
  return (
    <Option many name={id} label={host.say("instruction.confirm")} checked={answer === true} disabled={readonly}
      testid={`confirm-${field.id}`} look="confirm" pick={(checked) => { change(checked ? true : null); settle(); }} />
  );
}

import type { Words } from "@mendloop/engine";
import type { JSX } from "preact";
import { type FieldProps, setting, useHost } from "../host.ts";
import { Option } from "./options.tsx";

export interface Labelled {
  readonly id: string;
  readonly label: Words;
}

export function ChoiceWidget({ field, id, answer, readonly, change, settle }: FieldProps): JSX.Element {
  const host = useHost();
  return (
    <div class="options" role="radiogroup" aria-labelledby={`${id}-label`}>
      {(setting<Labelled[]>(field.settings, "options") ?? []).map((option) => (
        <Option key={option.id} name={id} label={host.read(option.label)} checked={answer === option.id} disabled={readonly}
          testid={`${field.id}-${option.id}`} pick={() => { change(option.id); settle(); }} />
      ))}
    </div>
  );
}

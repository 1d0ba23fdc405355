import type { JSX } from "preact";
import { type FieldProps, setting, useHost } from "../host.ts";
import type { Labelled } from "./choice.tsx";
import { Option } from "./options.tsx";

export function MultiChoiceWidget({ field, id, answer, readonly, change, settle }: FieldProps): JSX.Element {
  const host = useHost();
  const options = setting<Labelled[]>(field.settings, "options") ?? [];
  const chosen = new Set(Array.isArray(answer) ? (answer as string[]) : []);
  const pick = (option: string, checked: boolean): void => {
    const now = options.map(({ id: each }) => each).filter((each) => (each === option ? checked : chosen.has(each)));
    change(now.length === 0 ? null : now);
    settle();
  };
  return (
    <div class="options">
      {options.map((option) => (
        <Option key={option.id} many name={`${id}-${option.id}`} label={host.read(option.label)} checked={chosen.has(option.id)}
          disabled={readonly} testid={`${field.id}-${option.id}`} pick={(checked) => { pick(option.id, checked); }} />
      ))}
    </div>
  );
}

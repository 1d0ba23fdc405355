import type { JSX } from "preact";
import { Icon, type IconName } from "../icon.tsx";

export interface OptionProps {
  readonly name: string;
  readonly label: string;
  readonly checked: boolean;
  readonly disabled: boolean;
  readonly many?: boolean;
  readonly look?: string;
  readonly icon?: IconName;
  readonly testid: string;
  pick: (checked: boolean) => void;
}

/** One thing to choose: the whole row is the target, the input inside is a real radio or checkbox. */
export function Option(props: OptionProps): JSX.Element {
  const { name, label, checked, disabled, many = false, look = "", icon = "check", testid, pick } = props;
  return (
    <label class={`option ${look}${many ? " many" : ""}`}>
      <input type={many ? "checkbox" : "radio"} name={name} checked={checked} disabled={disabled} data-testid={testid}
        onChange={(event) => { pick(event.currentTarget.checked); }} />
      <span class="box"><Icon name={icon} /></span>
      <span class="grow-text">{label}</span>
    </label>
  );
}

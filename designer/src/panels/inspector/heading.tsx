import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "../../shell/icon.tsx";

export interface HeadingProps {
  readonly icon: IconName;
  /** What kind of thing it is: "Step". */
  readonly kind: string;
  /** Quiet, beside it. */
  readonly note?: ComponentChildren;
  /** Its title, to be changed in place. */
  readonly title?: ComponentChildren;
  readonly children?: ComponentChildren;
}

/** What is selected, and what can be done with it as a whole. */
export function Heading({ icon, kind, note, title, children }: HeadingProps): JSX.Element {
  return (
    <header class="panels-heading">
      <div class="panels-heading-line">
        <span class="panels-sign"><Icon name={icon} /></span>
        <h2>{kind}</h2>
        {note === undefined ? null : <span class="panels-note">{note}</span>}
        <span class="panels-tools">{children}</span>
      </div>
      {title === undefined ? null : <div class="panels-title">{title}</div>}
    </header>
  );
}

export interface ToolProps {
  readonly icon: IconName;
  readonly label: string;
  readonly testid?: string;
  readonly onClick: () => void;
}

export function Tool({ icon, label, testid, onClick }: ToolProps): JSX.Element {
  return <button type="button" class="tool" aria-label={label} title={label} data-testid={testid} onClick={onClick}><Icon name={icon} /></button>;
}

/** A part of a panel under its own small heading. */
export function Section({ title, aside, children }: { readonly title: string; readonly aside?: ComponentChildren; readonly children: ComponentChildren }): JSX.Element {
  return <section class="panels-section"><h3>{title}{aside}</h3>{children}</section>;
}

import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { read, say } from "../../words/index.ts";
import type { Found } from "../../session.ts";

export interface FrameProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: Found | null | undefined;
  /** Something wrong that is known before the check is. */
  readonly wrong?: string | undefined;
  /** Beside its label; else below it. */
  readonly beside?: boolean | undefined;
  readonly bare?: boolean | undefined;
  /** Named by the label without being one control: `fieldset`. */
  readonly group?: boolean | undefined;
  /** Stands at the right of the label: "2 missing". */
  readonly aside?: ComponentChildren;
  readonly testid?: string | undefined;
  readonly children: ComponentChildren;
}

/** A control with its name, its explanation and what is wrong with it. */
export function Frame(props: FrameProps): JSX.Element {
  const looks = `panels-control${props.beside === true ? " beside" : ""}${props.bare === true ? " bare" : ""}`;
  const inside = <>{props.bare === true ? null : <Caption {...props} />}<div class="panels-value">{props.children}<Wrong {...props} /></div></>;
  if (props.group !== true) return <div class={looks} data-testid={props.testid}>{inside}</div>;
  return <div class={looks} role="group" aria-label={props.label} data-testid={props.testid}>{inside}</div>;
}

function Caption({ id, label, hint, group, aside }: FrameProps): JSX.Element {
  const [isOpen, open] = useState(false);
  const hasHint = hint !== undefined && hint !== "";
  return (
    <div class="panels-caption">
      {group === true ? <span class="panels-label" title={hint}>{label}</span> : <label class="panels-label" for={id} title={hint}>{label}</label>}
      {aside}
      {hasHint ? <button type="button" class="panels-why" aria-expanded={isOpen} aria-label={say("panels.explain")} onClick={() => { open(!isOpen); }}>?</button> : null}
      {hasHint && isOpen ? <p class="hint">{hint}</p> : null}
    </div>
  );
}

function Wrong({ id, problem, wrong }: FrameProps): JSX.Element | null {
  const text = wrong ?? (problem === null || problem === undefined ? "" : read(problem.message));
  if (text === "") return null;
  return <p class={wrong === undefined && problem?.severity === "warning" ? "wrong warning" : "wrong"} id={wrongId(id)}>{text}</p>;
}

export function wrongId(id: string): string {
  return `${id}-wrong`;
}

/** What an input says of itself to those who do not see its frame. */
export function told({ id, label, problem, wrong, bare, hint }: Omit<FrameProps, "children">): Record<string, string | boolean | undefined> {
  const isWrong = wrong !== undefined || problem?.severity === "error";
  return {
    "aria-label": bare === true ? label : undefined,
    "aria-invalid": isWrong ? true : undefined,
    "aria-describedby": wrong !== undefined || (problem ?? null) !== null ? wrongId(id) : undefined,
    "aria-description": hint === "" ? undefined : hint,
  };
}

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
  /** Nothing in it can be worked with: then only its "?" can have the keyboard. */
  readonly readonly?: boolean | undefined;
  readonly children: ComponentChildren;
}

/** A control with its name, its explanation and what is wrong with it. F1 explains, from wherever the keyboard is in it; Tab goes from input to input. */
export function Frame(props: FrameProps): JSX.Element {
  const [isExplained, explain] = useState(false);
  const looks = `panels-control${props.beside === true ? " beside" : ""}${props.bare === true ? " bare" : ""}`;
  const press = (event: KeyboardEvent): void => {
    if (event.key !== "F1" || !hasCaptionHint(props)) return;
    event.preventDefault();
    event.stopPropagation();
    explain(!isExplained);
  };
  const group = props.group === true ? { role: "group" as const, "aria-label": props.label, "aria-describedby": hasCaptionHint(props) ? hintId(props.id) : undefined } : {};
  return (
    <div class={looks} data-testid={props.testid} onKeyDown={press} {...group}>
      {props.bare === true ? null : <Caption {...props} isExplained={isExplained} explain={explain} />}
      <div class="panels-value">{props.children}<Wrong {...props} /></div>
    </div>
  );
}

interface CaptionProps extends FrameProps {
  readonly isExplained: boolean;
  readonly explain: (isExplained: boolean) => void;
}

function Caption({ id, label, hint, group, aside, readonly, isExplained, explain }: CaptionProps): JSX.Element {
  return (
    <div class="panels-caption">
      {group === true ? <span class="panels-label" title={hint}>{label}</span> : <label class="panels-label" for={id} title={hint}>{label}</label>}
      {aside}
      {(hint ?? "") === "" ? null : (
        <>
          <button type="button" class="panels-why" tabIndex={readonly === true ? undefined : -1} aria-expanded={isExplained} aria-controls={hintId(id)} aria-label={say("panels.explain", { what: label })} title={say("panels.explain_keys")} onClick={() => { explain(!isExplained); }}>?</button>
          <p class="hint" id={hintId(id)} hidden={!isExplained}>{hint}</p>
        </>
      )}
    </div>
  );
}

function hasCaptionHint({ bare, hint }: Pick<FrameProps, "bare" | "hint">): boolean {
  return bare !== true && (hint ?? "") !== "";
}

function Wrong({ id, problem, wrong }: FrameProps): JSX.Element | null {
  const text = wrong ?? (problem === null || problem === undefined ? "" : read(problem.message));
  if (text === "") return null;
  return <p class={wrong === undefined && problem?.severity === "warning" ? "wrong warning" : "wrong"} id={wrongId(id)}>{text}</p>;
}

export function wrongId(id: string): string {
  return `${id}-wrong`;
}

function hintId(id: string): string {
  return `${id}-hint`;
}

/** What an input says of itself to those who do not see its frame. */
export function told(frame: Omit<FrameProps, "children">): Record<string, string | boolean | undefined> {
  const { id, label, problem, wrong, bare } = frame;
  const isMarked = wrong !== undefined || (problem ?? null) !== null;
  const described = [...(isMarked ? [wrongId(id)] : []), ...(hasCaptionHint(frame) ? [hintId(id)] : [])];
  return {
    "aria-label": bare === true ? label : undefined,
    "aria-invalid": wrong !== undefined || problem?.severity === "error" ? true : undefined,
    "aria-describedby": described.length === 0 ? undefined : described.join(" "),
    ...explained(frame),
  };
}

/** The explanation stands in the caption, where F1 opens it; without a caption it is only said. */
function explained(frame: Omit<FrameProps, "children">): Record<string, string | undefined> {
  if (hasCaptionHint(frame)) return { "aria-keyshortcuts": "F1" };
  return { "aria-description": frame.hint === "" ? undefined : frame.hint };
}

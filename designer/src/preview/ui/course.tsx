import { type Plan, visitNode } from "@mendloop/engine";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon, type IconName } from "../../shell/icon.tsx";
import { say } from "../../words/index.ts";
import { namesOf } from "../scratch/people.ts";
import type { Asked, Deed, Run } from "../scratch/run.ts";
import type { Trial } from "../trial.ts";
import { titleOf } from "./problem_lines.tsx";

/** What was done, one act a line. A click goes to the moment after it; what was taken back stays to be done again. */
export function Course({ run, trial }: { readonly run: Run; readonly trial: Trial }): JSX.Element {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => { keepInSight(list.current); }, [run.done.length]);
  const all: readonly Asked[] = [...run.done, ...run.undone];
  if (all.length === 0) return <p class="hint">{say("preview.course_empty")}</p>;
  return (
    <ol class="course" ref={list} data-testid="course">
      {all.map((asked, place) => (
        <li key={place} class={place < run.done.length ? "" : "undone"}>
          <button type="button" class="deed" aria-current={place === run.done.length - 1 ? "step" : undefined} data-testid={`deed-${place + 1}`} onClick={() => { trial.goTo(place + 1); }}>
            <Icon name={iconOf(run, asked, place)} /><span>{told(run.plan, asked)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

/** Scrolls the list, and nothing around it. */
function keepInSight(list: HTMLElement | null): void {
  const current = list?.querySelector<HTMLElement>("[aria-current]");
  if (list === null || !current) return;
  const top = current.offsetTop - list.offsetTop;
  if (top < list.scrollTop || top + current.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = top - list.clientHeight / 2;
}

function told(plan: Plan, { type, payload, by }: Asked): string {
  const visit = typeof payload["visit"] === "string" ? payload["visit"] : "";
  const who = namesOf(plan)[by] ?? by;
  const key = KEYS[type];
  return key === undefined ? type : say(key, { who, step: titleOf(plan, visitNode(visit)) });
}

const KEYS = {
  StartStep: "preview.did_start", PauseStep: "preview.did_pause", ResumeStep: "preview.did_resume", RecordAnswers: "preview.did_answer", LockPoint: "preview.did_lock",
  ConfirmLocks: "preview.did_confirm", UnlockPoint: "preview.did_unlock", CompleteStep: "preview.did_complete", ReportFinding: "preview.did_report",
  OpenOrder: undefined, AssignOrder: undefined, CancelOrder: undefined,
} as const;

/** A step that sent the work back shows that. */
function iconOf(run: Run, asked: Asked, place: number): IconName {
  const before = run.done[place - 1]?.after.events.length ?? run.begun.events.length;
  const events = (asked as Partial<Deed>).after?.events.slice(before) ?? [];
  if (events.some(({ type }) => type === "ReworkTaken" || type === "ReworkLimitReached")) return "rework";
  return asked.type === "CompleteStep" ? "check" : asked.type === "StartStep" || asked.type === "ResumeStep" ? "play" : "right";
}

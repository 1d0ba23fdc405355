import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { type Found, mayEdit, useSession } from "../session.ts";
import { grouped, MANY_MISSING } from "../grouped.ts";
import { elementOf, toldOf } from "../told.ts";
import { say } from "../words/index.ts";
import { Counts } from "./counts.tsx";
import { brokenScenario, fixesFor } from "./fixes.ts";
import { Icon } from "./icon.tsx";
import { RunSteps } from "./run_steps.tsx";

interface Opening {
  readonly onTranslations: () => void;
  /** Opens the room in which the template is tried. */
  readonly onTry: () => void;
}

/** Every problem of the draft: what it is about, what is wrong, how to mend it. */
export function Problems({ onClose, ...opening }: Opening & { readonly onClose: () => void }): JSX.Element {
  const session = useSession();
  const found = sorted(grouped(session.check.value?.problems ?? []));
  return (
    <section class="problems" aria-label={say("shell.problems")} data-testid="problems">
      <header>
        <h2>{say("shell.problems")}</h2>
        <Counts problems={found} />
        <button type="button" class="tool" aria-label={say("shell.close")} onClick={onClose}><Icon name="close" /></button>
      </header>
      {found.length === 0
        ? <p class="problems-none"><Icon name="check" />{session.check.value === null ? say("shell.checking") : say("shell.no_problems")}</p>
        : <ul>{found.map((problem) => <Problem key={keyOf(problem)} problem={problem} {...opening} />)}</ul>}
    </section>
  );
}

function Problem({ problem, onTranslations, onTry }: Opening & { readonly problem: Found }): JSX.Element {
  const session = useSession();
  const isMany = problem.code === MANY_MISSING;
  const [isRunShown, showRun] = useState(false);
  const { template } = session.editor.draft.value;
  const fixes = mayEdit(session) ? fixesFor(problem, session.editor.draft.value) : [];
  return (
    <li class="problem" data-severity={problem.severity} data-code={problem.code} data-testid="problem">
      <Icon name={problem.severity === "error" ? "error" : "warn"} />
      <button type="button" class="problem-jump" onClick={() => { if (isMany) onTranslations(); else session.reveal(problem.at); }}>
        <span class="unseen">{say(`shell.${problem.severity}`)}: </span>
        <b>{elementOf(problem, template)}</b> <span>{toldOf(problem, template)}</span>
      </button>
      {isMany ? <button type="button" class="button" data-testid="side-by-side" onClick={onTranslations}>{say("shell.translations")}</button> : null}
      {(problem.run ?? []).length === 0 ? null
        : <button type="button" class="button" aria-expanded={isRunShown} data-testid="show-run" onClick={() => { showRun(!isRunShown); }}><Icon name="play" />{say("shell.show_run")}</button>}
      {mayEdit(session) ? <RecordAgain problem={problem} onTry={onTry} /> : null}
      {fixes.map((fix) => <button key={fix.label} type="button" class="button" data-testid="fix" onClick={() => { session.editor.edit(fix.make); }}>{fix.label}</button>)}
      {isRunShown ? <RunSteps run={problem.run ?? []} onClose={() => { showRun(false); }} /> : null}
    </li>
  );
}

/** A scenario that no longer fits is tried as far as it holds, and recorded from there. */
function RecordAgain({ problem, onTry }: Pick<Opening, "onTry"> & { readonly problem: Found }): JSX.Element | null {
  const session = useSession();
  const name = session.editor.draft.value.template.scenarios?.[brokenScenario(problem) ?? -1]?.name;
  if (name === undefined) return null;
  const begin = async (): Promise<void> => {
    const { recordAgain } = await import("../preview/index.ts");
    recordAgain(session, name);
    onTry();
  };
  return <button type="button" class="button" data-testid="record-again" onClick={() => { void begin(); }}><Icon name="play" />{say("preview.again")}</button>;
}

function sorted(problems: readonly Found[]): readonly Found[] {
  return [...problems].sort((one, other) => rank(one) - rank(other));
}

function rank({ severity }: Found): number {
  return severity === "error" ? 0 : 1;
}

function keyOf(problem: Found): string {
  return `${problem.code} ${problem.at} ${JSON.stringify(problem.params)}`;
}

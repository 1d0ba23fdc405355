import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Plan } from "@mendloop/engine";
import { type Scenario, setTemplate } from "../../model/index.ts";
import { mayEdit } from "../../session.ts";
import { Icon } from "../../shell/icon.tsx";
import { say } from "../../words/index.ts";
import { recordAgain } from "../again.ts";
import { type Difference, type Played, playScenario } from "../scenario/play.ts";
import { endOf } from "../scenario/record.ts";
import { ProblemLines, titleOf } from "./problem_lines.tsx";
import type { PanelProps } from "./trial_panel.tsx";

/** Every scenario of the draft, played on the draft as it is: which hold, and what came out otherwise. */
export function Scenarios({ session, pad }: PanelProps): JSX.Element | null {
  const plan = pad.plans.whole.value?.plan;
  const scenarios = session.editor.draft.value.template.scenarios ?? NONE;
  const played = useMemo(() => (plan === undefined ? [] : scenarios.map((scenario) => playScenario(plan, scenario))), [plan, scenarios]);
  if (plan === undefined) return null;
  const held = played.filter(({ differences }) => differences.length === 0).length;
  return (
    <details class="card fold" open data-testid="scenarios">
      <summary>{say("preview.scenarios")}{played.length === 0 ? null : <span class={`badge ${held === played.length ? "ok" : "danger"}`} data-testid="scenarios-held">{say("preview.held", { n: held, of: played.length })}</span>}</summary>
      {played.length === 0 ? <p class="hint">{say("preview.no_scenarios")}</p> : null}
      <ul class="scenarios">{played.map((each, place) => <Row key={place} session={session} pad={pad} plan={plan} played={each} place={place} />)}</ul>
    </details>
  );
}

const NONE: readonly Scenario[] = [];

interface RowProps extends PanelProps {
  readonly plan: Plan;
  readonly played: Played;
  readonly place: number;
}

function Row({ session, pad, plan, played, place }: RowProps): JSX.Element {
  const holds = played.differences.length === 0;
  const scenario = session.editor.draft.value.template.scenarios?.[place];
  const isMine = mayEdit(session);
  const expectThis = (): void => { session.editor.edit((draft) => setTemplate(draft, ["scenarios", place, "expect"], endOf(played.run))); };
  return (
    <li class={holds ? "holds" : "fails"} data-testid={`scenario-${place}`} data-holds={holds}>
      <div class="row">
        <Icon name={holds ? "check" : "error"} /><span class="grow" title={played.name}>{played.name}<span class="unseen">{say(holds ? "preview.holds" : "preview.fails")}</span></span>
        <button type="button" class="tool" title={say("preview.load")} aria-label={say("preview.load_named", { name: played.name })} data-testid={`scenario-load-${place}`} disabled={scenario === undefined} onClick={() => { if (scenario !== undefined) pad.trial.load(scenario); }}><Icon name="play" /></button>
        {isMine ? <button type="button" class="tool" title={say("preview.remove")} aria-label={say("preview.remove_named", { name: played.name })} data-testid={`scenario-remove-${place}`} onClick={() => { remove(session, place); }}><Icon name="trash" /></button> : null}
      </div>
      {played.differences.map((difference, index) => <Differs key={index} plan={plan} difference={difference} />)}
      {!holds && isMine ? <button type="button" class="button" aria-label={say("preview.again_named", { name: played.name })} data-testid={`scenario-again-${place}`} onClick={() => { recordAgain(session, played.name); }}><Icon name="play" />{say("preview.again")}</button> : null}
      {!holds && isMine && played.differences.every(({ kind }) => kind === "unexpected") ? <button type="button" class="button" data-testid={`scenario-accept-${place}`} onClick={expectThis}>{say("preview.expect_this")}</button> : null}
    </li>
  );
}

function remove(session: PanelProps["session"], place: number): void {
  session.editor.edit((draft) => {
    const isLast = draft.template.scenarios?.length === 1;
    return setTemplate(draft, isLast ? ["scenarios"] : ["scenarios", place], undefined);
  });
}

function Differs({ plan, difference }: { readonly plan: Plan; readonly difference: Difference }): JSX.Element {
  switch (difference.kind) {
    case "unknown_step": return <p class="differs">{say("preview.differs_unknown", { act: difference.act })}</p>;
    case "not_open": return <p class="differs">{say("preview.differs_not_open", { act: difference.act, step: titleOf(plan, difference.step), open: names(plan, difference.open) })}</p>;
    case "refused": return <div class="differs"><p>{say("preview.differs_refused", { act: difference.act, step: titleOf(plan, difference.step) })}</p><ProblemLines plan={plan} problems={difference.problems} /></div>;
    case "not_refused": return <p class="differs">{say("preview.differs_not_refused", { act: difference.act, step: titleOf(plan, difference.step) })}</p>;
    case "unexpected": {
      const alike = begunAlike(difference.expected, difference.found);
      return (
        <dl class="differs two">
          <dt>{say("preview.expected")}</dt><dd>{shown(plan, difference.what, difference.expected, alike)}</dd>
          <dt>{say("preview.found")}</dt><dd>{shown(plan, difference.what, difference.found, alike)}</dd>
        </dl>
      );
    }
  }
}

/** How many steps two lists have in common from their beginning, less the last of them. */
function begunAlike(one: unknown, other: unknown): number {
  if (!Array.isArray(one) || !Array.isArray(other)) return 0;
  const differs = one.findIndex((each, place) => each !== other[place]);
  return Math.max(0, (differs < 0 ? one.length : differs) - 1);
}

/** An expectation in words: ends and steps by their names, lists without the `alike` first ones. */
function shown(plan: Plan, what: string, value: unknown, alike: number): string {
  if (what === "ended") return value === null ? say("preview.not_ended") : endNamed(plan, value as string);
  if (Array.isArray(value)) return `${alike > 0 ? "… → " : ""}${names(plan, (value as readonly string[]).slice(alike))}`;
  const [, node = ""] = what.split(".");
  return say("preview.times", { step: titleOf(plan, node), n: Number(value) });
}

function endNamed(plan: Plan, outcome: string): string {
  const end = Object.values(plan.nodes).find((node) => node.kind === "end" && node.outcome === outcome);
  return end === undefined ? outcome : titleOf(plan, end.id);
}

function names(plan: Plan, nodes: readonly string[]): string {
  return nodes.length === 0 ? say("preview.none") : nodes.map((node) => titleOf(plan, node)).join(" → ");
}

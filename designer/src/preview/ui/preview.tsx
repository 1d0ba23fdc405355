import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import type { Session } from "../../session.ts";
import { Icon } from "../../shell/icon.tsx";
import { read, say } from "../../words/index.ts";
import { Phone } from "../phone/phone.tsx";
import { type Scratchpad, scratchpadOf } from "../scratchpad.ts";
import { useTrack } from "./use_track.ts";
import { LookBar } from "./look_bar.tsx";
import { titleOf } from "./problem_lines.tsx";
import { TrialPanel } from "./trial_panel.tsx";

export interface RoomProps {
  readonly session: Session;
}

/** The open step on a phone, as its engineer would see it; or the whole order, to be tried. */
export function Preview({ session }: RoomProps): JSX.Element {
  const pad = useMemo(() => scratchpadOf(session), [session]);
  useEffect(() => pad.use(), [pad]);
  const hasStep = pad.look.scene.value !== null;
  const showsOrder = pad.shows.value === "order" || !hasStep;
  return (
    <div class="preview" data-testid="preview">
      <Which pad={pad} hasStep={hasStep} />
      <LookBar />
      {showsOrder ? <WholeOrder session={session} pad={pad} /> : <OpenStep pad={pad} />}
    </div>
  );
}

function Which({ pad, hasStep }: { readonly pad: Scratchpad; readonly hasStep: boolean }): JSX.Element {
  const shown = pad.shows.value === "order" || !hasStep ? "order" : "step";
  return (
    <div class="either wide" role="group" aria-label={say("preview.shows")}>
      <button type="button" class="tool" aria-pressed={shown === "step"} disabled={!hasStep} data-testid="preview-step" onClick={() => { pad.shows.value = "step"; }}><Icon name="step" />{say("preview.this_step")}</button>
      <button type="button" class="tool" aria-pressed={shown === "order"} data-testid="preview-order" onClick={() => { pad.shows.value = "order"; }}><Icon name="play" />{say("preview.whole_order")}</button>
    </div>
  );
}

function OpenStep({ pad }: { readonly pad: Scratchpad }): JSX.Element {
  return (
    <>
      <RoleChoice pad={pad} />
      <Old pad={pad} />
      <Phone stage={pad.look} />
      <Onward pad={pad} />
    </>
  );
}

function WholeOrder({ session, pad }: RoomProps & { readonly pad: Scratchpad }): JSX.Element {
  useTrack(session, pad.trial, pad.shows.value === "step");
  if (pad.trial.scene.value === null) return <Nothing pad={pad} />;
  return <><Old pad={pad} /><Phone stage={pad.trial} /><TrialPanel session={session} pad={pad} /></>;
}

/** As whom the step is seen. */
function RoleChoice({ pad }: { readonly pad: Scratchpad }): JSX.Element | null {
  const compiled = pad.plans.shown.value;
  const node = pad.plans.node.value;
  const step = node === null ? undefined : compiled?.plan.nodes[node];
  if (compiled === null || step?.kind !== "step") return null;
  const { roles } = compiled.plan;
  const nameOf = (role: string): string => read(roles[role]?.title) || role;
  return (
    <label class="as-whom">
      <span class="caption">{say("preview.as")}</span>
      <select class="select" data-testid="preview-role" value={pad.look.role.value ?? ""} onChange={(event) => { pad.look.role.value = event.currentTarget.value || null; }}>
        <option value="">{say("preview.as_its_role", { role: nameOf(step.role) })}</option>
        {Object.keys(roles).filter((role) => role !== step.role).map((role) => <option key={role} value={role}>{nameOf(role)}</option>)}
      </select>
    </label>
  );
}

/** While the draft has errors, what is shown may be older than what is written. */
export function Old({ pad }: { readonly pad: Scratchpad }): JSX.Element | null {
  if (!pad.plans.isOld.value) return null;
  const isAlone = pad.plans.shown.value !== pad.plans.whole.value && pad.shows.value === "step";
  return <p class="preview-note" role="status" data-testid="preview-old">{say(isAlone ? "preview.step_alone" : "preview.last_good")}</p>;
}

/** Where the work goes on from the step that was finished on the phone. */
function Onward({ pad }: { readonly pad: Scratchpad }): JSX.Element | null {
  const onward = pad.look.onward.value;
  const plan = pad.plans.shown.value?.plan;
  if (onward === null || plan === undefined) return null;
  const where = onward.map((node) => titleOf(plan, node)).join(" · ");
  return (
    <div class="preview-note row" role="status" data-testid="preview-onward">
      <span>{say("preview.goes_on", { where })}</span>
      <button type="button" class="button" data-testid="preview-again" onClick={() => { pad.look.begin(); }}>{say("preview.again")}</button>
    </div>
  );
}

export function Nothing({ pad }: { readonly pad: Scratchpad }): JSX.Element {
  return <p class="preview-empty" data-testid="preview-empty">{say(pad.plans.isOld.value ? "preview.nothing_yet" : "preview.coming")}</p>;
}

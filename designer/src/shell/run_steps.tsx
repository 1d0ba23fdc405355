import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type RunStep, type Track, useSession } from "../session.ts";
import { read, say } from "../words/index.ts";
import { Icon } from "./icon.tsx";

/** The run that shows a problem, one step after the other; the canvas draws how far it has come. */
export function RunSteps({ run, onClose }: { readonly run: readonly RunStep[]; readonly onClose: () => void }): JSX.Element {
  const session = useSession();
  const [at, goTo] = useState(0);
  const last = run.length - 1;
  useEffect(() => {
    session.track.value = trackOf(run, at);
    const step = run[at];
    if (step !== undefined) session.reveal(`/nodes/${step.node}`);
  }, [at, run]);
  useEffect(() => () => { session.track.value = null; }, []);
  return (
    <div class="run" data-testid="run" role="group" aria-label={say("shell.run")}>
      <button type="button" class="button" disabled={at === 0} data-testid="run-back" onClick={() => { goTo(at - 1); }}><Icon name="back" />{say("shell.run_back")}</button>
      <p role="status">{say("shell.run_at", { step: at + 1, of: run.length })} <b>{read(run[at]?.words)}</b></p>
      <button type="button" class="button primary" disabled={at === last} data-testid="run-on" onClick={() => { goTo(at + 1); }}>{say("shell.run_on")}<Icon name="right" /></button>
      <button type="button" class="tool" aria-label={say("shell.close")} onClick={onClose}><Icon name="close" /></button>
    </div>
  );
}

function trackOf(run: readonly RunStep[], at: number): Track {
  const past = run.slice(0, at + 1);
  const open = run[at]?.work_at ?? [];
  const done = new Set(past.map(({ node }) => node).filter((node) => !open.includes(node)));
  return { open, done: [...done], routes: past.flatMap(({ route }) => (route === null ? [] : [route.replace("/", " ")])) };
}

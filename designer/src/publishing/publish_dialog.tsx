import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Json } from "@mendloop/engine";
import { Refused } from "../api/client.ts";
import { grouped } from "../grouped.ts";
import { difference } from "../model/diff/index.ts";
import type { Template } from "../model/index.ts";
import type { Found, Session } from "../session.ts";
import { Icon } from "../shell/icon.tsx";
import { Counts } from "../shell/counts.tsx";
import { Sheet } from "../shell/sheet.tsx";
import { elementOf, toldOf } from "../told.ts";
import { read, say } from "../words/index.ts";
import { Changes } from "../versions/changes.tsx";
import { type Company, companyOf, Unmatched } from "./unmatched.tsx";
import type { Running, Version } from "./shapes.ts";

interface Facts { readonly running: Running; readonly latest: Version | null; readonly before: Template | null; readonly company: Company }
type State = { readonly kind: "open" } | { readonly kind: "publishing" } | { readonly kind: "failed"; readonly why: string } | { readonly kind: "published"; readonly version: Version };

/** Makes a version of the draft. An error refuses it; warnings are accepted with a reason. */
export function PublishDialog({ session, onClose }: { readonly session: Session; readonly onClose: () => void }): JSX.Element {
  const [facts, know] = useState<Facts | null>(null);
  const [state, show] = useState<State>({ kind: "open" });
  const [note, write] = useState("");
  const [reason, give] = useState("");
  useEffect(() => { factsOf(session).then(know, () => { show({ kind: "failed", why: say("publishing.offline") }); }); }, []);
  if (state.kind === "published") return <Published version={state.version} onClose={onClose} />;
  const problems = session.check.value?.problems ?? [];
  const publish = (): void => {
    show({ kind: "publishing" });
    send(session, note, problems, reason).then((version) => { show({ kind: "published", version }); }, (failure: unknown) => { show({ kind: "failed", why: reasonOf(failure) }); });
  };
  return (
    <Sheet title={say("publishing.title")} onClose={onClose} wide testid="publish-sheet" foot={(
      <>
        <button type="button" class="button" onClick={onClose}>{say("gallery.cancel")}</button>
        <button type="button" class="button primary" disabled={state.kind === "publishing" || !mayPublish(session, reason)} data-testid="publish-now" onClick={publish}>
          {say(state.kind === "publishing" ? "publishing.now" : "publishing.publish", { number: (facts?.latest?.number ?? 0) + 1 })}
        </button>
      </>
    )}>
      <div class="publishing">
        <ProblemsPart problems={problems} reason={reason} onReason={give} session={session} onClose={onClose} />
        <Hindrances session={session} problems={problems} reason={reason} state={state} />
        {facts === null ? <p class="quiet">{say("shell.fetching")}</p> : <Consequences facts={facts} template={session.editor.draft.value.template} onReveal={(pointer) => { onClose(); session.reveal(pointer); }} />}
        <label><span class="caption">{say("publishing.note")}</span><textarea class="area" maxLength={2000} placeholder={say("publishing.note_about")} data-testid="publish-note" value={note} onInput={({ currentTarget }) => { write(currentTarget.value); }} /></label>
      </div>
    </Sheet>
  );
}

/** Why it cannot be published now. */
function Hindrances({ session, problems, reason, state }: { readonly session: Session; readonly problems: readonly Found[]; readonly reason: string; readonly state: State }): JSX.Element {
  return (
    <>
      {session.saving.value.kind === "saved" ? null : <p class="publishing-wait" role="status">{say("publishing.unsaved")}</p>}
      {isReasonMissing(problems, reason) ? <p class="publishing-wait" role="status">{say("publishing.reason_missing")}</p> : null}
      {state.kind === "failed" ? <p class="wrong" role="alert">{state.why}</p> : null}
    </>
  );
}

function isReasonMissing(problems: readonly Found[], reason: string): boolean {
  return problems.length > 0 && problems.every(({ severity }) => severity === "warning") && reason.trim() === "";
}

/** Everything is checked and saved, there is no error, and warnings have their reason. */
function mayPublish({ check, saving, editor }: Session, reason: string): boolean {
  const checked = check.value;
  if (checked === null || saving.value.kind !== "saved" || checked.draft.template !== editor.draft.value.template) return false;
  return checked.problems.every(({ severity }) => severity === "warning") && !isReasonMissing(checked.problems, reason);
}

/** What is new in it, and what happens to orders that are under way. */
function Consequences({ facts: { running, latest, before, company }, template, onReveal }: { readonly facts: Facts; readonly template: Template; readonly onReveal: (pointer: string) => void }): JSX.Element {
  return (
    <>
      <section>
        <h3>{latest === null ? say("publishing.first") : say("publishing.changes", { number: latest.number })}</h3>
        {before === null ? null : <Changes changes={difference(before, template)} />}
      </section>
      <Unmatched company={company} template={template} onReveal={onReveal} />
      <section>
        <h3>{say("publishing.running")}</h3>
        <p data-testid="running">{read(running.message)}</p>
        {running.versions.map(({ number, open_orders: count }) => <p key={number} class="quiet">{say("publishing.running_on", { number, count })}</p>)}
      </section>
    </>
  );
}

interface ProblemsProps { readonly problems: readonly Found[]; readonly reason: string; readonly onReason: (reason: string) => void; readonly session: Session; readonly onClose: () => void }

function ProblemsPart({ problems, reason, onReason, session, onClose }: ProblemsProps): JSX.Element {
  const { template } = session.editor.draft.value;
  const isRefused = problems.some(({ severity }) => severity === "error");
  if (problems.length === 0) return <p class="publishing-sound"><Icon name="check" />{say("publishing.sound")}</p>;
  return (
    <section>
      <h3>{say("shell.problems")} <Counts problems={problems} /></h3>
      {isRefused ? <p>{say("publishing.refused")}</p> : null}
      <ul class="publishing-problems">
        {grouped(problems).map((problem) => (
          <li key={`${problem.code} ${problem.at} ${JSON.stringify(problem.params)}`} data-severity={problem.severity}>
            <button type="button" onClick={() => { onClose(); session.reveal(problem.at); }}><b>{elementOf(problem, template)}</b> {toldOf(problem, template)}</button>
          </li>
        ))}
      </ul>
      {isRefused ? null : <label><span class="caption">{say("publishing.why_accept")}</span><input class="input" data-testid="publish-reason" maxLength={500} value={reason} onInput={({ currentTarget }) => { onReason(currentTarget.value); }} /></label>}
    </section>
  );
}

function Published({ version, onClose }: { readonly version: Version; readonly onClose: () => void }): JSX.Element {
  return (
    <Sheet title={say("publishing.done", { number: version.number })} onClose={onClose} testid="published" foot={<button type="button" class="button primary" data-testid="published-close" onClick={onClose}>{say("publishing.go_on")}</button>}>
      <p class="publishing-sound"><Icon name="check" />{say("publishing.done_about")}</p>
    </Sheet>
  );
}

async function factsOf({ client, templateId }: Session): Promise<Facts> {
  const [running, { versions }, company] = await Promise.all([
    client.get<Running>(`/templates/${templateId}/running`),
    client.get<{ readonly versions: readonly Version[] }>(`/templates/${templateId}/versions`),
    companyOf(client),
  ]);
  const [latest] = versions;
  if (latest === undefined) return { running, latest: null, before: null, company };
  const { document } = await client.get<{ readonly document: Template }>(`/template-versions/${latest.version_id}`);
  return { running, latest, before: document, company };
}

async function send(session: Session, note: string, warnings: readonly Found[], reason: string): Promise<Version> {
  await session.store.saveNow();
  const acknowledged: Json = warnings.map(({ code, at }) => ({ code, at, reason: reason.trim() }));
  return await session.client.act<Version>("POST", `/templates/${session.templateId}/publish`, { expected_revision: session.store.revision, note: note.trim(), acknowledged });
}

function reasonOf(failure: unknown): string {
  if (!(failure instanceof Refused)) return say("publishing.offline");
  if (failure.status === 409) return say("publishing.changed");
  return say(failure.status === 403 ? "publishing.not_yours" : "publishing.refused");
}

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Client } from "../api/client.ts";
import { type Change, difference } from "../model/diff/index.ts";
import { go } from "../shell/address.ts";
import { Icon } from "../shell/icon.tsx";
import { Sheet } from "../shell/sheet.tsx";
import { tell, Toast } from "../shell/toast.tsx";
import { zoneOf } from "../times.ts";
import { language, read, say } from "../words/index.ts";
import { Changes } from "./changes.tsx";
import { documentOf, type HistoryOf, historyOf, moreOf } from "./history.ts";
import { type Moment, unfolded } from "./moments.ts";
import { nameOf, Sitting } from "./sitting.tsx";

export interface VersionsProps {
  readonly client: Client;
  readonly templateId: string;
}

/** Who did what when, what the difference means, and the way back. Any two moments can be compared. */
export function Versions({ client, templateId }: VersionsProps): JSX.Element {
  const [history, show] = useState<HistoryOf | null>(null);
  const [failed, fail] = useState(false);
  const [pair, choose] = useState<readonly [string, string]>(["", ""]);
  const [asked, ask] = useState<Moment | null>(null);
  const load = (): void => { fail(false); historyOf(client, templateId).then((found) => { show(found); choose(firstPair(found.moments)); }, () => { fail(true); }); };
  useEffect(load, [templateId]);
  useEffect(() => { document.title = `${say("shell.versions")} – ${read(history?.title)} – ${say("shell.name")}`; }, [history, language.value]);
  const restore = (moment: Moment): void => {
    ask(null);
    client.act("POST", `/templates/${templateId}/restore`, { ...moment.restores }).then(() => { go({ kind: "template", id: templateId }); }, () => { tell(say("versions.not_restored")); });
  };
  const older = (known: HistoryOf): void => { moreOf(client, templateId, known).then(show, () => { tell(say("shell.not_fetched")); }); };
  const all = unfolded(history?.moments ?? []);
  const [before, after] = pair.map((id) => all.find((moment) => moment.id === id));
  return (
    <div class="versions" data-testid="versions">
      <header>
        <button type="button" class="button" data-testid="to-editor" onClick={() => { go({ kind: "template", id: templateId }); }}><Icon name="back" />{say("versions.back")}</button>
        <h1>{read(history?.title)} · {say("shell.versions")}</h1>
      </header>
      {failed ? <p class="fetching" role="alert">{say("shell.not_fetched")} <button type="button" class="button" onClick={load}>{say("shell.try_again")}</button></p> : null}
      {history === null ? (failed ? null : <p class="fetching" role="status">{say("shell.fetching")}</p>) : (
        <main>
          <table class="moments">
            <caption class="unseen">{say("shell.versions")}</caption>
            <thead><tr><th scope="col">{say("versions.from")}</th><th scope="col">{say("versions.to")}</th><th scope="col">{say("versions.what")}</th><th scope="col" /></tr></thead>
            <tbody>{history.moments.map((moment) => <Sitting key={moment.id} zone={zoneOf(client)} templateId={templateId} moment={moment} pair={pair} mayEdit={history.mayEdit} onChoose={choose} onRestore={ask} />)}</tbody>
            {history.before === null ? null : <tfoot><tr><td colSpan={4}><button type="button" class="button" data-testid="older-saves" onClick={() => { older(history); }}>{say("versions.older")}</button></td></tr></tfoot>}
          </table>
          <section aria-live="polite" class="compared">
            {before === undefined || after === undefined ? <p class="quiet">{say("versions.choose_two")}</p> : <Compared client={client} templateId={templateId} before={before} after={after} />}
          </section>
        </main>
      )}
      {asked === null ? null : (
        <Sheet title={say("versions.restore_ask", { what: nameOf(asked) })} onClose={() => { ask(null); }} testid="restore-ask"
          foot={<><button type="button" class="button" onClick={() => { ask(null); }}>{say("gallery.cancel")}</button><button type="button" class="button primary" data-testid="restore-now" onClick={() => { restore(asked); }}>{say("versions.restore")}</button></>}>
          <p>{say("versions.restore_about")}</p>
        </Sheet>
      )}
      <Toast />
    </div>
  );
}

/** The newest version against the draft; where nothing was published, the first save. */
function firstPair(moments: readonly Moment[]): readonly [string, string] {
  const [now] = moments;
  const earlier = moments.find(({ kind }) => kind === "version") ?? moments.at(-1);
  return [earlier?.id ?? "", now?.id ?? ""];
}

interface ComparedProps extends VersionsProps { readonly before: Moment; readonly after: Moment }

function Compared({ client, templateId, before, after }: ComparedProps): JSX.Element {
  const [changes, show] = useState<readonly Change[] | "waiting" | "failed">("waiting");
  useEffect(() => {
    let isOver = false;
    show("waiting");
    Promise.all([documentOf(client, templateId, before), documentOf(client, templateId, after)])
      .then(([old, now]) => { if (!isOver) show(difference(old, now)); }, () => { if (!isOver) show("failed"); });
    return () => { isOver = true; };
  }, [before.id, after.id]);
  return (
    <>
      <h2>{say("versions.compared", { from: nameOf(before), to: nameOf(after) })}</h2>
      {changes === "waiting" ? <p class="quiet">{say("shell.fetching")}</p> : changes === "failed" ? <p role="alert">{say("shell.not_fetched")}</p> : <Changes changes={changes} />}
    </>
  );
}

import type { Problem, Severity } from "@mendloop/engine";
import { Icon, LoosePhotos } from "@mendloop/fields";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { LiveOrder } from "../order/live_order.ts";
import { withNames } from "../order/problem_names.ts";
import { useOnce } from "../ui/once.ts";
import { say } from "../words/index.ts";
import { explain } from "../words/problems.ts";
import { Sheet } from "./later.ts";

const SEVERITIES: readonly Severity[] = ["note", "minor", "serious"];

export interface FindingProps {
  readonly order: LiveOrder;
  readonly visit: string;
  close: () => void;
  done: () => void;
}

/** Something extra that was found on site: in words, how bad, with pictures. */
export function FindingSheet({ order, visit, close, done }: FindingProps): JSX.Element {
  const text = useSignal("");
  const severity = useSignal<Severity>("minor");
  const photos = useSignal<readonly string[]>([]);
  const problems = useSignal<readonly Problem[]>([]);
  const report = useOnce(async () => {
    const payload = { visit, text: text.value.trim(), severity: severity.value, photos: photos.value };
    problems.value = await order.do({ type: "ReportFinding", payload });
    if (problems.value.length > 0) return false;
    done();
    return true;
  });
  return (
    <Sheet label={say("finding.title")} name="finding-sheet" close={close}>
      <h2>{say("finding.title")}</h2>
      <label class="field-label" for="finding-text">{say("finding.text")}</label>
      <textarea class="input" id="finding-text" data-testid="finding-text" value={text.value} onInput={(event) => { text.value = event.currentTarget.value; }} />
      <div class="stack" role="group" aria-label={say("finding.severity")}>
        <span class="field-label">{say("finding.severity")}</span>
        <div class="choices">
          {SEVERITIES.map((each) => (
            <button key={each} type="button" class="button" aria-pressed={severity.value === each} data-testid={`severity-${each}`} onClick={() => { severity.value = each; }}>{say(`finding.${each}`)}</button>
          ))}
        </div>
      </div>
      <LoosePhotos id="finding-photos" min={0} readonly={false} photos={photos.value} change={(taken) => { photos.value = taken; }} />
      {problems.value.map((problem) => <p key={problem.code} class="problem-line" role="alert"><Icon name="warning" />{explain(withNames(order, problem))}</p>)}
      <button type="button" class="button primary wide" data-testid="send-finding" disabled={text.value.trim() === "" || report.busy.value} onClick={() => { report.run(); }}><Icon name="flag" />{say("finding.send")}</button>
      <button type="button" class="button plain" onClick={close}>{say("cancel")}</button>
    </Sheet>
  );
}

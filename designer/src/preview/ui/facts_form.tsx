import type { OrderFacts } from "@mendloop/engine";
import type { JSX } from "preact";
import { say } from "../../words/index.ts";
import type { Scratchpad } from "../scratchpad.ts";

const TEXTS = ["product", "asset", "fault_text", "customer_level"] as const;

/** What the order is about. A change is tried at once: everything done so far is done again on the changed order. */
export function FactsForm({ pad }: { readonly pad: Scratchpad }): JSX.Element {
  const facts = pad.facts.value;
  const change = (some: Partial<OrderFacts>): void => { pad.facts.value = { ...facts, ...some } as OrderFacts; };
  return (
    <div class="facts">
      {TEXTS.map((name) => (
        <label key={name}><span class="caption">{say(`preview.fact_${name}`)}</span>
          <input class="input" value={facts[name]} data-testid={`fact-${name}`} onChange={(event) => { change({ [name]: event.currentTarget.value.trim() }); }} />
        </label>
      ))}
      <label><span class="caption">{say("preview.fact_fault_codes")}</span>
        <input class="input" value={facts.fault_codes.join(", ")} data-testid="fact-fault_codes" onChange={(event) => { change({ fault_codes: codesIn(event.currentTarget.value) }); }} />
      </label>
      <label class="tick"><input type="checkbox" class="check" checked={facts.warranty} data-testid="fact-warranty" onChange={(event) => { change({ warranty: event.currentTarget.checked }); }} />{say("preview.fact_warranty")}</label>
      <Waiting pad={pad} />
    </div>
  );
}

const WAITS = [60, 24 * 60] as const;

/** Conditions may ask for the time. */
function Waiting({ pad }: { readonly pad: Scratchpad }): JSX.Element {
  return (
    <div class="row">
      <span class="caption">{say("preview.wait")}</span>
      {WAITS.map((minutes) => <button key={minutes} type="button" class="button" data-testid={`wait-${minutes}`} onClick={() => { pad.trial.wait(minutes); }}>{say(minutes === 60 ? "preview.wait_hour" : "preview.wait_day")}</button>)}
    </div>
  );
}

function codesIn(text: string): readonly string[] {
  return text.split(/[,，、;；\s]+/).filter((code) => code !== "");
}

import { Icon } from "@mendloop/fields";
import type { ComponentChildren, JSX } from "preact";
import { announce } from "../ui/toast.tsx";
import { read, say } from "../words/index.ts";
import type { CaseDesk } from "./desk.ts";
import type { Ranked } from "./types.ts";
import { type Names, why } from "./why.ts";

export interface Shown {
  readonly desk: CaseDesk;
  readonly order: string;
  readonly product: string;
  /** Where it is shown: a check, or the step. */
  readonly place: string;
  readonly names: Names;
}

interface CaseProps extends Shown {
  readonly found: Ranked;
  readonly children?: ComponentChildren;
}

/** One case in short: what it was, what was done, and why it is shown. */
export function CaseInShort({ found, children, ...shown }: CaseProps): JSX.Element {
  const { case: each, reasons } = found;
  const texts = each.kind === "case" ? [["cause", read(each.cause)], ["remedy", read(each.remedy)]] as const : [];
  return (
    <article class="case-short" data-testid={`case-${each.id}`} data-kind={each.kind} aria-label={read(each.title)}>
      <p class="case-kind"><Icon name="idea" /><span>{say(`cases.kind_${each.kind}`)}</span></p>
      <h3>{read(each.title)}</h3>
      <dl>{texts.map(([name, text]) => (text === "" ? null : <div key={name}><dt>{say(`cases.${name}`)}</dt><dd>{text}</dd></div>))}</dl>
      <p class="case-why" data-testid="case-why">{say("cases.because", { why: why(reasons, shown.product, shown.names) })}</p>
      {children}
      {each.kind === "case" ? <Votes {...shown} id={each.id} /> : null}
    </article>
  );
}

/** It helped, it did not: one tap; a second one takes it back. */
function Votes({ desk, order, place, id }: Shown & { readonly id: string }): JSX.Element {
  const said = desk.said(order, id);
  const vote = (helped: boolean): void => {
    const taken = said === helped;
    void desk.say({ order, case: id, place, helped: taken ? null : helped });
    announce(say(taken ? "cases.vote_back" : "cases.vote_kept"));
  };
  return (
    <div class="case-votes" role="group" aria-label={say("cases.did_it_help")}>
      <button type="button" class="button" aria-pressed={said === true} data-testid={`helped-${id}`} onClick={() => { vote(true); }}><Icon name={said === true ? "check" : "thumb_up"} />{say("cases.helped")}</button>
      <button type="button" class="button" aria-pressed={said === false} data-testid={`not-helped-${id}`} onClick={() => { vote(false); }}><Icon name={said === false ? "check" : "thumb_down"} />{say("cases.not_helped")}</button>
    </div>
  );
}

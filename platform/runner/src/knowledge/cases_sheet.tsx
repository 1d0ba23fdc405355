import { Icon } from "@mendloop/fields";
import { Sheet } from "@mendloop/fields/sheet.tsx";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { read, say } from "../words/index.ts";
import { moment } from "../words/times.ts";
import { CaseInShort, type Shown } from "./case_card.tsx";
import type { KnownCase, Ranked } from "./types.ts";
import { useOrderOfFirst } from "./use_first_order.ts";
import { checkLabel } from "./why.ts";

interface SheetProps extends Shown {
  readonly found: readonly Ranked[];
  /** The one that is open at first; none: the list. */
  readonly open: string | null;
  close: () => void;
}

const MOST = 10;

/** The cases that may help, the nearest first, one of them opened. */
export function CasesSheet({ found, open, close, ...shown }: SheetProps): JSX.Element {
  const opened = useSignal(open);
  const steady = useOrderOfFirst(found).slice(0, MOST);
  return (
    <Sheet label={say("cases.title")} name="cases-sheet" close={close}>
      <h2>{say("cases.title")}</h2>
      {steady.length === 0 ? <p class="quiet">{say("cases.none")}</p> : null}
      {steady.map((each) => (
        <CaseInShort key={each.case.id} {...shown} found={each}>
          <button type="button" class="button wide plain case-more" aria-expanded={opened.value === each.case.id} data-testid={`open-${each.case.id}`}
            onClick={() => { opened.value = opened.value === each.case.id ? null : each.case.id; }}>
            <Icon name={opened.value === each.case.id ? "down" : "forward"} />{say("cases.all_of_it")}
          </button>
          {opened.value === each.case.id ? <Whole each={each.case} names={shown.names} /> : null}
        </CaseInShort>
      ))}
      <a class="button" href="/knowledge/search" data-testid="search-knowledge"><Icon name="search" />{say("cases.search")}</a>
      <button type="button" class="button" data-testid="close-cases" onClick={close}>{say("back")}</button>
    </Sheet>
  );
}

function Whole({ each, names }: { readonly each: KnownCase; readonly names: Shown["names"] }): JSX.Element {
  const facts: readonly (readonly [string, string])[] = [
    [say("cases.symptom"), read(each.symptom)],
    [say("cases.text"), read(each.more)],
    [say("cases.checks"), each.checks.map((check) => checkLabel(check, names)).join(" · ")],
    [say("cases.parts"), each.parts.join(" · ")],
    [say("cases.minutes"), each.minutes === null || each.minutes === 0 ? "" : say("time.minutes", { n: each.minutes })],
    [say("cases.from"), [each.number, moment(each.closed_at)].filter((text) => text !== "").join(" · ")],
  ];
  return (
    <>
      <dl data-testid="case-whole">{facts.map(([name, text]) => (text === "" ? null : <div key={name}><dt>{name}</dt><dd>{text}</dd></div>))}</dl>
      <a class="button plain" href={`/knowledge/${each.kind === "case" ? "cases" : "articles"}/${encodeURIComponent(each.id)}`}>{say("cases.page")}</a>
    </>
  );
}

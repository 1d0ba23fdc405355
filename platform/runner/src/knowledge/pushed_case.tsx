import { Icon } from "@mendloop/fields";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { say } from "../words/index.ts";
import { CaseInShort, type Shown } from "./case_card.tsx";
import { CasesSheet } from "./cases_sheet.tsx";
import type { Ranked } from "./types.ts";
import { useOrderOfFirst } from "./use_first_order.ts";

/** The nearest case in short, with one tap to all of them. Nothing where there is none. */
export function PushedCase({ found, ...shown }: Shown & { readonly found: readonly Ranked[] }): JSX.Element | null {
  const open = useSignal(false);
  const steady = useOrderOfFirst(found);
  const [best] = steady;
  if (best === undefined) return null;
  return (
    <section class="case-below" data-testid="case-below" data-place={shown.place} role="status" aria-label={say("cases.similar")}>
      <CaseInShort {...shown} found={best}>
        <button type="button" class="button wide" data-testid="open-cases" onClick={() => { open.value = true; }}>
          <Icon name="list" />{steady.length > 1 ? say("cases.open_all", { n: steady.length }) : say("cases.open")}
        </button>
      </CaseInShort>
      {open.value ? <CasesSheet {...shown} found={steady} open={best.case.id} close={() => { open.value = false; }} /> : null}
    </section>
  );
}

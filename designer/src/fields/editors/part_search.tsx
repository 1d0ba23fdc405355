import type { Words } from "@mendloop/engine";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Refused, SignedOut, Unreachable } from "../../api/client.ts";
import { Combobox, type Option } from "../../panels/index.ts";
import type { Session } from "../../session.ts";
import { read, say } from "../../words/index.ts";
import { unitWord } from "./unit.tsx";

export interface FoundPart {
  readonly number: string;
  readonly name: Words;
  readonly unit: string;
  readonly serial_tracked: boolean;
}

interface PartSearchProps { readonly session: Session; readonly known: readonly string[]; readonly onChoose: (part: FoundPart) => void }
type Answer = { readonly kind: "found"; readonly parts: readonly FoundPart[] } | { readonly kind: "failed" };

const PAUSE_MS = 180;

/** Search the stock by number or name; what is chosen becomes a line. A number that is not in stock yet can be typed. */
export function PartSearch({ session, known, onChoose }: PartSearchProps): JSX.Element {
  const id = useId();
  const answer = useSignal<Answer>({ kind: "found", parts: [] });
  const asked = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => { clearTimeout(timer.current); asked.current += 1; }, []);
  const ask = async (query: string): Promise<void> => {
    const mine = (asked.current += 1);
    const found = await partsLike(session, query);
    if (mine === asked.current) answer.value = found;
  };
  const parts = answer.value.kind === "found" ? answer.value.parts : [];
  const options: readonly Option[] = parts.map(({ number, name, unit }) => ({ value: number, label: read(name) || number, note: [number, unitWord(unit), known.includes(number) ? say("fields.part_known") : ""].filter((text) => text !== "").join(" · ") }));
  const choose = ({ value }: Option): void => {
    if (value.trim() !== "") onChoose(parts.find(({ number }) => number === value) ?? { number: value.trim(), name: {}, unit: "", serial_tracked: false });
  };
  return (
    <div class="fields-search" data-testid="part-search">
      <Combobox id={id} options={options} value="" isFree placeholder={say("fields.search_parts")} onChoose={choose}
        onQuery={(query) => { clearTimeout(timer.current); timer.current = setTimeout(() => { void ask(query); }, PAUSE_MS); }} attributes={{ "aria-label": say("fields.search_parts") }} />
      {answer.value.kind === "failed" ? <p class="wrong warning" role="status">{say("fields.stock_unreachable")}</p> : null}
    </div>
  );
}

async function partsLike({ client }: Session, query: string): Promise<Answer> {
  try {
    return { kind: "found", parts: (await client.get<{ readonly parts: readonly FoundPart[] }>(`/parts?query=${encodeURIComponent(query)}`)).parts };
  } catch (failure) {
    if (failure instanceof Unreachable || failure instanceof Refused || failure instanceof SignedOut) return { kind: "failed" };
    throw failure;
  }
}

import { Icon } from "@mendloop/fields";
import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { useOnce } from "../ui/once.ts";
import { read, say } from "../words/index.ts";
import type { OrderPart } from "./types.ts";

/** What was scanned and is not taken yet. `unplanned`: nobody meant it for this order. */
export interface InBasket {
  readonly number: string;
  readonly serial: string | null;
  readonly quantity: number;
  readonly unplanned: boolean;
}

interface BasketProps {
  readonly basket: Signal<readonly InBasket[]>;
  readonly parts: readonly OrderPart[];
  take: (lines: readonly InBasket[]) => Promise<void>;
}

/** Everything that was scanned in this session, to be taken together; what is wrong can be put away, or taken all the same. */
export function Basket({ basket, parts, take }: BasketProps): JSX.Element {
  const taking = useOnce(async () => { await take(basket.value); return false; });
  const set = (place: number, quantity: number): void => {
    basket.value = basket.value.flatMap((each, at) => (at !== place ? [each] : quantity > 0 ? [{ ...each, quantity }] : []));
  };
  const count = basket.value.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <section class="card task" data-testid="basket" aria-label={say("order_parts.scanned")}>
      <h2 class="section-title">{say("order_parts.scanned")}</h2>
      {basket.value.map(({ number, serial, quantity, unplanned }, place) => {
        const name = nameOf(parts, number);
        return (
          <div key={`${number} ${serial ?? ""}`} class="part" data-testid={`basket-${number}`}>
            <div class="row apart wrap"><span class="point-name">{name}</span><span class="quiet code">{number}{serial === null ? "" : ` · ${serial}`}</span></div>
            {unplanned ? <span class="chip warn"><Icon name="warning" />{say("order_parts.unplanned")}</span> : null}
            <div class="stepper">
              <button type="button" class="button icon" aria-label={say("order_parts.less", { name })} onClick={() => { set(place, quantity - 1); }}><Icon name="dash" /></button>
              <output>{quantity}</output>
              <button type="button" class="button icon" disabled={serial !== null} aria-label={say("order_parts.more", { name })} onClick={() => { set(place, quantity + 1); }}><Icon name="plus" /></button>
            </div>
          </div>
        );
      })}
      <button type="button" class="button primary big wide" data-testid="take-basket" disabled={taking.busy.value} onClick={() => { taking.run(); }}><Icon name="check" />{say("order_parts.take", { n: count })}</button>
    </section>
  );
}

function nameOf(parts: readonly OrderPart[], number: string): string {
  const known = parts.find((part) => part.number === number);
  return known === undefined ? number : read(known.name) || number;
}

import type { Problem } from "@mendloop/engine";
import { Icon } from "@mendloop/fields";
import type { JSX } from "preact";
import { useRunner } from "../context.ts";
import { ownBelow } from "../order/own_below.ts";
import { go } from "../route.ts";
import { read, say } from "../words/index.ts";

interface WaysProps {
  readonly problems: readonly Pick<Problem, "code" | "params">[];
  readonly order: string;
  /** Before one goes there. */
  leave?: () => void;
}

/** The ways to this person's own among the sub-orders that have to be finished first: nothing where there are none. */
export function WaysBelow({ problems, order, leave }: WaysProps): JSX.Element | null {
  const runner = useRunner();
  const { sub_orders: below = [] } = runner.opened(order)?.record.value.order ?? {};
  const own = ownBelow(problems, below, runner.session.person_id, runner.cards.value ?? []);
  if (own.length === 0) return null;
  return (
    <nav class="steps" aria-label={say("sub_orders.title")}>
      {own.map(({ id, number, title }) => (
        <button key={id} type="button" class="button step-row" data-testid={`way-${number}`} onClick={() => { leave?.(); go({ screen: "order", order: id, visit: null }); }}>
          <Icon name="branch" />
          <span class="grow"><strong>{number}</strong><span class="quiet block">{read(title)}</span></span>
          <Icon name="forward" />
        </button>
      ))}
    </nav>
  );
}

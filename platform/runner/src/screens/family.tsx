import { Icon } from "@mendloop/fields";
import type { ComponentChildren, JSX } from "preact";
import { useRunner } from "../context.ts";
import { nameOf } from "../order/field_host.ts";
import type { LiveOrder } from "../order/live_order.ts";
import { go } from "../route.ts";
import { isWord, read, say } from "../words/index.ts";

/** The ways to the order that this one is a part of, and to those that are a part of it: nothing where there are none. */
export function Family({ order }: { readonly order: LiveOrder }): JSX.Element | null {
  const runner = useRunner();
  const { parent = null, sub_orders: below = [] } = order.record.value.order;
  if (parent === null && below.length === 0) return null;
  return (
    <nav class="steps" aria-label={say("sub_orders.title")} data-testid="family">
      {parent === null ? null : <Way to={parent.id} at={parent.position}>{say("sub_orders.above", { number: parent.number })}</Way>}
      {below.map(({ id, number, title, status, assigned_to: person }) => {
        const closed = `status.${status}`;
        return <Way key={id} to={id} at={read(title)} aside={isWord(closed) ? say(closed) : nameOf(runner, order, person)}>{number}</Way>;
      })}
    </nav>
  );
}

interface WayProps {
  readonly to: string;
  readonly at: string;
  readonly aside?: string;
  readonly children: ComponentChildren;
}

function Way({ to, at, aside = "", children }: WayProps): JSX.Element {
  return (
    <button type="button" class="button step-row" data-testid={`family-${to}`} onClick={() => { go({ screen: "order", order: to, visit: null }); }}>
      <Icon name="branch" />
      <span class="grow"><strong>{children}</strong>{at === "" ? null : <span class="quiet block">{at}</span>}</span>
      <span class="quiet">{aside}</span>
      <Icon name="forward" />
    </button>
  );
}

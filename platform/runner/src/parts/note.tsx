import { Icon } from "@mendloop/fields";
import type { JSX } from "preact";
import { useRunner } from "../context.ts";
import type { LiveOrder } from "../order/live_order.ts";
import { go } from "../route.ts";
import { say } from "../words/index.ts";
import { deskOf } from "./desk.ts";
import { useFreshParts } from "./keep_fresh.ts";

/** The way to the order's parts, with what is still to be taken and what is open: nothing where the order has none. */
export function PartsNote({ order }: { readonly order: LiveOrder }): JSX.Element | null {
  const desk = deskOf(useRunner());
  useFreshParts(desk, order.id, order.record.value.order.revision);
  const sheet = desk.sheets.value[order.id];
  if (sheet === undefined || sheet.parts.length === 0) return null;
  const open = sheet.parts.filter((part) => part.open > 0).length;
  const scanned = (desk.scanned.value[order.id] ?? []).length;
  const wanted = sheet.parts.filter((part) => part.wanted > 0).length;
  return (
    <button type="button" class="button step-row" data-testid="to-parts" onClick={() => { go({ screen: "parts", order: order.id }); }}>
      <Icon name="list" />
      <span class="grow"><strong>{say("order_parts.title")}</strong><span class="quiet block">{say("order_parts.short", { wanted, open })}</span>{scanned === 0 ? null : <span class="chip warn" data-testid="scanned-left">{say("order_parts.scanned_left", { n: scanned })}</span>}</span>
      <Icon name="forward" />
    </button>
  );
}

import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useRunner } from "../context.ts";
import { visitToShow } from "../order/choose.ts";
import type { LiveOrder } from "../order/live_order.ts";
import type { Route } from "../route.ts";
import { watchOrder } from "../sync/watch.ts";
import { TopBar } from "../ui/top_bar.tsx";
import { say } from "../words/index.ts";
import { FlowScreen, PartsScreen, SummaryScreen } from "./later.ts";
import { Loading } from "./loading.tsx";
import { StepScreen } from "./step_screen.tsx";

export type OrderRoute = Extract<Route, { readonly order: string }>;

/** One order: fetched, kept up to date, and shown as the address says. */
export function OrderScreen({ shown }: { readonly shown: OrderRoute }): JSX.Element {
  const runner = useRunner();
  const live: Signal<LiveOrder | null | undefined> = useSignal<LiveOrder | null | undefined>(runner.opened(shown.order));
  useEffect(() => {
    let current = true;
    void runner.open(shown.order).then((opened) => { if (current) live.value = opened; });
    const stop = watchOrder(runner, shown.order);
    return () => { current = false; stop(); void runner.flush(); };
  }, [shown.order]);
  const order = live.value;
  if (order === undefined) return <Loading />;
  if (order === null) return <Gone unknown={runner.unknown.has(shown.order)} />;
  return <Opened order={order} shown={shown} />;
}

function Opened({ order, shown }: { readonly order: LiveOrder; readonly shown: OrderRoute }): JSX.Element {
  const { state } = order.record.value.order;
  if (shown.screen === "flow") return <FlowScreen order={order} />;
  if (shown.screen === "parts") return <PartsScreen order={order} />;
  const visit = (shown.screen === "order" ? shown.visit : null) ?? visitToShow(order.plan, state, order.actor);
  if (shown.screen === "summary" || visit === null || order.visit(visit) === undefined) return <SummaryScreen order={order} />;
  return <StepScreen key={visit} order={order} visit={visit} />;
}

function Gone({ unknown }: { readonly unknown: boolean }): JSX.Element {
  return <><TopBar title={say("orders.title")} back={{ screen: "orders" }} /><main class="page"><div class="empty"><p data-testid="no-order">{say(unknown ? "order.unknown" : "order.missing")}</p></div></main></>;
}

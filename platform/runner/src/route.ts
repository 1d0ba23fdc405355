import { atSheet, onceStill } from "@mendloop/fields/sheet_history.ts";
import { type Signal, signal } from "@preact/signals";

/** Where the person is. Every screen has an address, so that Back and reload work as they do everywhere. */
export type Route =
  | { readonly screen: "orders" }
  | { readonly screen: "order"; readonly order: string; readonly visit: string | null }
  | { readonly screen: "flow"; readonly order: string }
  | { readonly screen: "summary"; readonly order: string }
  | { readonly screen: "parts"; readonly order: string }
  | { readonly screen: "outbox" };

const BASE = "/go";

export function parseRoute(path: string): Route {
  const [place, order, part, visit] = path.slice(BASE.length).split("/").filter((each) => each !== "").map(decodeURIComponent);
  if (place === "outbox") return { screen: "outbox" };
  if (place !== "orders" || order === undefined) return { screen: "orders" };
  if (part === "flow" || part === "summary" || part === "parts") return { screen: part, order };
  return { screen: "order", order, visit: part === "visits" ? (visit ?? null) : null };
}

export function pathOf(route: Route): string {
  switch (route.screen) {
    case "orders": return BASE;
    case "outbox": return `${BASE}/outbox`;
    case "flow":
    case "parts":
    case "summary": return `${BASE}/orders/${encodeURIComponent(route.order)}/${route.screen}`;
    case "order": {
      const visit = route.visit === null ? "" : `/visits/${encodeURIComponent(route.visit)}`;
      return `${BASE}/orders/${encodeURIComponent(route.order)}${visit}`;
    }
  }
}

export const route: Signal<Route> = signal<Route>({ screen: "orders" });

export function listenToAddress(): void {
  const follow = (): void => { route.value = parseRoute(location.pathname); };
  addEventListener("popstate", follow);
  follow();
}

/** Go to a screen. `replace`: this step shall not be one for Back. A sheet that is left by it is none either. */
export function go(to: Route, { replace = false } = {}): void {
  onceStill(() => {
    if (replace || atSheet()) history.replaceState(null, "", pathOf(to));
    else history.pushState(null, "", pathOf(to));
    route.value = to;
    scrollTo(0, 0);
  });
}

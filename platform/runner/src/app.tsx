import { addIcons } from "@mendloop/fields/icon.tsx";
import { SCREENS } from "@mendloop/fields/icons/screens.ts";
import type { JSX } from "preact";
import type { Start } from "./begin.ts";
import { RunnerProvider } from "./context.ts";
import { type Route, route } from "./route.ts";
import { Outbox } from "./screens/later.ts";
import { OrderScreen } from "./screens/order_screen.tsx";
import { OrdersScreen } from "./screens/orders_screen.tsx";
import { NotConnected, SignInAgain } from "./screens/start_screens.tsx";
import { Spoken } from "./ui/toast.tsx";

addIcons(SCREENS);

/** The whole app: which screen is shown follows from the address alone. */
export function App({ start }: { readonly start: Start }): JSX.Element {
  if (start.kind === "signed_out") return <SignInAgain />;
  if (start.kind === "not_connected") return <NotConnected />;
  return (
    <RunnerProvider value={start.runner}>
      <Screen shown={route.value} />
      <Spoken />
    </RunnerProvider>
  );
}

function Screen({ shown }: { readonly shown: Route }): JSX.Element {
  switch (shown.screen) {
    case "orders": return <OrdersScreen />;
    case "outbox": return <Outbox />;
    case "order":
    case "flow":
    case "parts":
    case "summary": return <OrderScreen key={shown.order} shown={shown} />;
  }
}

import type { JSX } from "preact";
import { TopBar } from "../ui/top_bar.tsx";

/** An order, or a part of it, that is on its way. */
export function Loading(): JSX.Element {
  return <><TopBar title="…" back={{ screen: "orders" }} /><main class="page"><div class="skeleton" aria-busy="true"><div /><div /><div /></div></main></>;
}

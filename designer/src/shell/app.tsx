import type { JSX } from "preact";

/** The designer. */
export function App(): JSX.Element {
  return <main />;
}

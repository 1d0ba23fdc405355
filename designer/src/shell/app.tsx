import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { Client } from "../api/client.ts";
import { address } from "./address.ts";
import { fetched } from "./fetched.tsx";

const Gallery = fetched(async () => (await import("../gallery/index.ts")).Gallery);
const OpenScreen = fetched(async () => (await import("./open_screen.tsx")).OpenScreen);
const Versions = fetched(async () => (await import("../versions/index.ts")).Versions);

/** The designer. */
export function App(): JSX.Element {
  const client = useMemo(() => new Client(), []);
  const shown = address.value;
  if (shown.kind === "gallery") return <Gallery client={client} />;
  if (shown.kind === "versions") return <Versions client={client} templateId={shown.id} />;
  return <OpenScreen key={shown.id} client={client} id={shown.id} />;
}

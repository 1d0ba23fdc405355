import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { Client } from "../api/client.ts";
import { givenByPage } from "../api/given.ts";
import { address } from "./address.ts";
import { fetched, fetchedFirst } from "./fetched.tsx";

const Gallery = fetched(async () => (await import("../gallery/index.ts")).Gallery);
const OpenScreen = fetchedFirst(async () => (await import("./open_screen.tsx")).OpenScreen);
const Versions = fetched(async () => (await import("../versions/index.ts")).Versions);

/** The designer. */
export function App(): JSX.Element {
  const client = useMemo(() => new Client(givenByPage()), []);
  const shown = address.value;
  if (shown.kind === "gallery") return <Gallery client={client} />;
  if (shown.kind === "versions") return <Versions client={client} templateId={shown.id} />;
  return <OpenScreen key={shown.id} client={client} id={shown.id} />;
}

import { type Arrangement, arrange, type Flow } from "./arrange.ts";
import { dagreLayer } from "./dagre.ts";
import { inSections } from "./sections.ts";

/** The layout that is meant to be looked at. */
export function arranged(flow: Flow): Arrangement {
  return arrange(flow, inSections(dagreLayer));
}

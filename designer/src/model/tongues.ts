import { asList } from "./json.ts";
import type { Template } from "./template.generated.ts";

/** The languages a template can be written in. */
export const TONGUES: readonly string[] = ["zh-CN", "en"];

/** The languages that this template is written in: all, unless it says which. */
export function tonguesIn({ languages }: Pick<Template, "languages">): readonly string[] {
  const said = TONGUES.filter((tongue) => asList(languages).some((each) => each === tongue));
  return said.length === 0 ? TONGUES : said;
}

/** In which language somebody's words are taken: in the one they speak here, unless the template is not written in it. */
export function tongueFor(template: Pick<Template, "languages">, spoken: string): string {
  const written = tonguesIn(template);
  return written.includes(spoken) ? spoken : (written[0] ?? spoken);
}

/** Something new, whose first words it says only in the languages that the template is written in: nobody would see the others, and people would read them. */
export function writtenIn<T>(template: Pick<Template, "languages">, made: T): T {
  const written = tonguesIn(template);
  return written.length === TONGUES.length ? made : (only(made, written) as T);
}

function only(value: unknown, written: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((each) => only(each, written));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, only(each, written)] as const);
  const isSaid = entries.some(([key]) => written.includes(key));
  return Object.fromEntries(isSaid ? entries.filter(([key]) => written.includes(key) || !TONGUES.includes(key)) : entries);
}

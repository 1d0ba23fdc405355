import { asList } from "./json.ts";
import type { Template } from "./template.generated.ts";

/** The languages a template can be written in. */
export const TONGUES: readonly string[] = ["zh-CN", "en"];

/** The languages that this template is written in: all, unless it says which. */
export function tonguesIn({ languages }: Pick<Template, "languages">): readonly string[] {
  const said = TONGUES.filter((tongue) => asList(languages).some((each) => each === tongue));
  return said.length === 0 ? TONGUES : said;
}

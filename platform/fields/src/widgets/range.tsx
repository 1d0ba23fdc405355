import type { JsonObject } from "@mendloop/engine";
import type { JSX } from "preact";
import { setting, useHost } from "../host.ts";

/** The least and the most that are accepted, where the template says so. */
export function Range({ settings }: { readonly settings: JsonObject }): JSX.Element | null {
  const host = useHost();
  const min = setting<number>(settings, "min");
  const max = setting<number>(settings, "max");
  if (min === undefined && max === undefined) return null;
  return (
    <dl class="limits">
      <div><dt>{host.say("number.range")}</dt><dd>{min ?? "…"} – {max ?? "…"}</dd></div>
    </dl>
  );
}

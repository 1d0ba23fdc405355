import type { JsonObject } from "@mendloop/engine";
import type { JSX } from "preact";
import { setting, useHost } from "../host.ts";

/** True where the template says which numbers are accepted. */
export function isBounded(settings: JsonObject): boolean {
  return setting(settings, "min") !== undefined || setting(settings, "max") !== undefined;
}

/** The least and the most that are accepted. */
export function Range({ settings }: { readonly settings: JsonObject }): JSX.Element {
  const host = useHost();
  const min = setting<number>(settings, "min");
  const max = setting<number>(settings, "max");
  return (
    <dl class="limits">
      <div><dt>{host.say("number.range")}</dt><dd>{min ?? "…"} – {max ?? "…"}</dd></div>
    </dl>
  );
}

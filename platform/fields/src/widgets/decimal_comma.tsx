import type { JSX } from "preact";
import { useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import { withPoint } from "../numerals.ts";

/** Why a number with a decimal comma is none, and what to type instead. */
export function DecimalComma({ typed }: { readonly typed: string }): JSX.Element {
  const host = useHost();
  return <div class="note danger" role="alert" data-testid="decimal-comma"><Icon name="warning" /><div><p>{host.say("number.decimal_comma", { typed: typed.trim(), point: withPoint(typed) ?? "" })}</p></div></div>;
}

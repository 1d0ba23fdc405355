import type { JSX } from "preact";
import { useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import { withPoint } from "../numerals.ts";

interface DecimalCommaProps {
  readonly typed: string;
  put: (text: string) => void;
}

/** Why a number with a decimal comma is none, and what to type instead; one tap puts it: number pads of some countries have no point. */
export function DecimalComma({ typed, put }: DecimalCommaProps): JSX.Element {
  const host = useHost();
  const point = withPoint(typed) ?? "";
  return (
    <div class="note danger" role="alert" data-testid="decimal-comma"><Icon name="warning" />
      <div>
        <p>{host.say("number.decimal_comma", { typed: typed.trim(), point })}</p>
        <button type="button" class="button" data-testid="put-point" onClick={() => { put(point); }}><Icon name="check" />{point}</button>
      </div>
    </div>
  );
}

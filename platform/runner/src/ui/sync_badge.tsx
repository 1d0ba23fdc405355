import { Icon, type IconName } from "@mendloop/fields";
import type { JSX } from "preact";
import { useRunner } from "../context.ts";
import { go } from "../route.ts";
import type { Runner } from "../runner.ts";
import { say } from "../words/index.ts";

interface Said {
  readonly look: string;
  readonly icon: IconName;
  readonly text: string;
  readonly short: string;
}

/** Whether everything has reached the server; the number of what has not. A tap opens the list. */
export function SyncBadge(): JSX.Element {
  const runner = useRunner();
  const { look, icon, text, short } = stateOf(runner);
  return (
    <button type="button" class={`button sync ${look}`} data-testid="sync" data-waiting={runner.waitingCount.value} aria-label={text} title={text} onClick={() => { go({ screen: "outbox" }); }}>
      <Icon name={icon} /><span aria-hidden="true">{short}</span>
    </button>
  );
}

function stateOf(runner: Runner): Said {
  const waiting = runner.waitingCount.value;
  const parked = runner.parked.value.length + runner.refused.value.length;
  const connection = runner.sender.connection.value;
  if (parked > 0) return { look: "danger", icon: "warning", text: say("sync.parked", { n: parked }), short: String(parked) };
  if (connection === "signed_out") return { look: "warn", icon: "person", text: say("sync.signed_out"), short: "!" };
  if (connection === "offline" || !runner.reachable.value) return { look: "warn", icon: "cloud", text: `${say("sync.offline")}. ${say("sync.waiting", { n: waiting })}`, short: say("sync.offline") };
  if (waiting > 0) return { look: "busy", icon: "sync", text: say("sync.waiting", { n: waiting }), short: String(waiting) };
  return { look: "fine", icon: "check", text: say("sync.saved"), short: "" };
}

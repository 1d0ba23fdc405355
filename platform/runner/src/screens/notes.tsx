import { Icon } from "@mendloop/fields";
import type { JSX } from "preact";
import { useRunner } from "../context.ts";
import { say } from "../words/index.ts";
import { signInAddress, signedOutWords } from "./start_screens.tsx";

/** Where the session has ended while there is work: nothing is lost, only waiting. */
export function SignedOutNote(): JSX.Element | null {
  const runner = useRunner();
  if (runner.sender.connection.value !== "signed_out") return null;
  return (
    <div class="note warn signed-out" role="alert" data-testid="signed-out">
      <Icon name="person" />
      <p class="grow">{signedOutWords()}</p><a class="button" href={signInAddress()}>{say("sync.sign_in")}</a>
    </div>
  );
}

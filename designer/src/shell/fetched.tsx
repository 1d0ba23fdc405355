import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { say, speakOfMore } from "../words/index.ts";

type Load<Props> = () => Promise<ComponentType<Props>>;

/** A room that is fetched when it is first shown. Where it cannot be fetched, that is said, and it can be tried again. */
export function fetched<Props extends object>(load: Load<Props>): (props: Props) => JSX.Element {
  let here: ComponentType<Props> | null = null;
  return function Fetched(props: Props): JSX.Element {
    const [state, show] = useState<"waiting" | "here" | "failed">(here === null ? "waiting" : "here");
    useEffect(() => {
      if (state !== "waiting") return;
      Promise.all([load(), speakOfMore()]).then(([room]) => { here = room; show("here"); }, () => { show("failed"); });
    }, [state]);
    const Room = here;
    if (Room !== null) return <Room {...props} />;
    if (state === "waiting") return <p class="fetching" role="status">{say("shell.fetching")}</p>;
    return (
      <div class="fetching" role="alert">
        <p>{say("shell.not_fetched")}</p>
        <button type="button" class="button" onClick={() => { show("waiting"); }}>{say("shell.try_again")}</button>
      </div>
    );
  };
}

import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type Later, later, rarely, whenWanted } from "../later.ts";
import { say, speakOfMore } from "../words/index.ts";

type Load<Props> = () => Promise<ComponentType<Props>>;

/**
 * A room that is fetched when it is first shown, or when all else is here. Where it cannot be fetched, that is said. The page is then loaded again: after an update of the product
 * its files have other names, and everything that was edited is kept.
 */
export function fetched<Props extends object>(load: Load<Props>): (props: Props) => JSX.Element {
  return shown(rarely(spoken(load)), () => <p class="fetching" role="status">{say("shell.fetching")}</p>);
}

/** The same for what says only what is said at once: its page has brought those words along. */
export function fetchedFirst<Props extends object>(load: Load<Props>): (props: Props) => JSX.Element {
  return shown(whenWanted(load), () => <p class="fetching" role="status">{say("shell.fetching")}</p>);
}

/** A small thing that was fetched before it is wanted, as a rule: there is nothing to see of it until it is here. */
export function readied<Props extends object>(load: Load<Props>): (props: Props) => JSX.Element | null {
  return shown<Props, null>(later(spoken(load)), () => null);
}

function spoken<Props>(load: Load<Props>): Load<Props> {
  return async () => (await Promise.all([load(), speakOfMore()]))[0];
}

function shown<Props extends object, Nothing>(room: Later<ComponentType<Props>>, waiting: () => JSX.Element | Nothing): (props: Props) => JSX.Element | Nothing {
  return function Fetched(props: Props): JSX.Element | Nothing {
    const [state, show] = useState<"waiting" | "here" | "failed">("waiting");
    const Room = room.here();
    useEffect(() => {
      if (state !== "waiting" || Room !== null) return;
      room.get().then(() => { show("here"); }, () => { show("failed"); });
    }, [state]);
    if (Room !== null) return <Room {...props} />;
    if (state !== "failed") return waiting();
    return (
      <div class="fetching" role="alert">
        <p>{say("shell.not_fetched")}</p>
        <button type="button" class="button" onClick={() => { if (navigator.onLine) location.reload(); else show("waiting"); }}>{say("shell.try_again")}</button>
      </div>
    );
  };
}

import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Session } from "../../session.ts";
import { standing } from "../scratch/run.ts";
import { trackOf } from "../scratch/track.ts";
import type { Trial } from "../trial.ts";

/** While the order that is tried is shown, the canvas draws where it is; with `quiet` only once something was done. */
export function useTrack(session: Session, trial: Trial, quiet: boolean): void {
  useEffect(() => {
    const stop = effect(() => {
      const run = trial.run.value;
      session.track.value = run === null || (quiet && run.done.length === 0) ? null : trackOf(run.plan, standing(run));
    });
    return () => { stop(); session.track.value = null; };
  }, [session, trial, quiet]);
}

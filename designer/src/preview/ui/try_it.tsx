import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { Phone } from "../phone/phone.tsx";
import { scratchpadOf } from "../scratchpad.ts";
import { LookBar } from "./look_bar.tsx";
import { Nothing, Old, type RoomProps } from "./preview.tsx";
import { TrialPanel } from "./trial_panel.tsx";
import { useTrack } from "./use_track.ts";

/** The whole template on an order that exists only here: the phone, and beside it everything that was done with it. */
export function TryIt({ session }: RoomProps): JSX.Element {
  const pad = useMemo(() => scratchpadOf(session), [session]);
  useEffect(() => pad.use(), [pad]);
  useTrack(session, pad.trial, false);
  if (pad.trial.scene.value === null) return <Nothing pad={pad} />;
  return (
    <div class="try-it" data-testid="try-it-room">
      <div class="try-phone"><LookBar /><Old pad={pad} /><Phone stage={pad.trial} /></div>
      <TrialPanel session={session} pad={pad} />
    </div>
  );
}

import type { FromPhone, PhoneAct, PhoneDone, PhoneDraft, PhoneShow, ToPhone } from "@mendloop/fields/phone.ts";
import { batch, effect, type ReadonlySignal } from "@preact/signals";
import type { Problem } from "@mendloop/engine";
import type { Compiled } from "../plan/plans.ts";

/** What a phone shows, apart from how it looks: a plan and an order on it. */
export type Scene = Omit<PhoneShow, "say" | "plan" | "plan_number" | "language" | "theme"> & { readonly compiled: Compiled };

/** Where the acts on a phone go. */
export interface Stage {
  readonly scene: ReadonlySignal<Scene | null>;
  act: (asked: PhoneAct) => readonly Problem[];
  draft: (visit: string, draft: PhoneDraft) => void;
}

/** The designer's end of the line to the phone in `frame`. Only that frame is listened to. Answers how to hang up. */
export function link(frame: HTMLIFrameElement, stage: Stage, look: ReadonlySignal<Pick<PhoneShow, "language" | "theme">>): () => void {
  let sent = 0;
  let unfollow: (() => void) | null = null;
  const tell = (message: ToPhone): void => { frame.contentWindow?.postMessage(message, location.origin); };
  const show = (scene: Scene | null, { language, theme }: Pick<PhoneShow, "language" | "theme">): void => {
    if (scene === null) return;
    const { compiled, ...rest } = scene;
    tell({ say: "show", ...rest, plan: sent === compiled.number ? null : compiled.json, plan_number: compiled.number, language, theme });
    sent = compiled.number;
  };
  const begin = (): void => {
    sent = 0;
    unfollow?.();
    unfollow = effect(() => { show(stage.scene.value, look.value); });
  };
  /** First what came of it, then what the phone is to show after it: the phone may have been handed to somebody else by then. */
  const answer = (id: number, asked: PhoneAct): void => { batch(() => { tell(done(stage, id, asked)); }); };
  const hear = (event: MessageEvent<FromPhone>): void => {
    if (event.source === null || event.source !== frame.contentWindow || event.origin !== location.origin) return;
    if (event.data.say === "ready") begin();
    else if (event.data.say === "act") answer(event.data.id, event.data.act);
    else if (event.data.say === "draft") stage.draft(event.data.visit, event.data.draft);
    else frame.dataset["shown"] = `${event.data.run} ${event.data.plan_number}`;
  };
  addEventListener("message", hear);
  return () => { removeEventListener("message", hear); unfollow?.(); };
}

function done(stage: Stage, id: number, asked: PhoneAct): PhoneDone {
  const problems = stage.act(asked);
  const scene = stage.scene.peek();
  if (scene === null) throw new Error("a phone without an order has acted");
  return { say: "done", id, problems, order: scene.order, now: scene.now };
}

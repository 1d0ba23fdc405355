import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Json } from "@mendloop/engine";
import { type Client, Refused } from "../api/client.ts";
import type { Draft } from "../model/index.ts";
import type { CheckResult } from "../session.ts";

const PAUSE_MS = 400;
const AGAIN_MS = 5_000;

export interface Checking {
  readonly result: ReadonlySignal<CheckResult | null>;
  /** True while what is shown is older than the draft. */
  readonly behind: ReadonlySignal<boolean>;
  readonly stop: () => void;
}

/** Have the draft checked whenever its editing pauses. The newest answer counts; without a network the last one stays. */
export function check(client: Client, draft: ReadonlySignal<Draft>): Checking {
  const result = signal<CheckResult | null>(null);
  const behind = signal(true);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;

  const ask = async (): Promise<void> => {
    const question = ++asked;
    const checked = draft.peek();
    try {
      const answer = await client.act<Omit<CheckResult, "draft">>("POST", "/templates/check", { document: checked.template as unknown as Json });
      if (question !== asked) return;
      result.value = { ...answer, draft: checked };
      behind.value = draft.peek().template !== checked.template;
    } catch (failure) {
      if (question !== asked || failure instanceof Refused) return;
      timer = setTimeout(() => { void ask(); }, AGAIN_MS);
    }
  };
  let seen: Draft["template"] | null = null;
  const stop = effect(() => {
    const { template } = draft.value;
    if (template === seen) return; // only a node was moved
    clearTimeout(timer);
    behind.value = true;
    timer = setTimeout(() => { void ask(); }, seen === null ? 0 : PAUSE_MS);
    seen = template;
  });
  return { result, behind, stop: () => { stop(); clearTimeout(timer); asked += 1; } };
}

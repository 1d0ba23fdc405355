import type { Plan, Problem } from "@mendloop/engine";
import type { PhoneOrder, PhoneShow } from "@mendloop/fields/phone.ts";
import type { FullOrder } from "../api/types.ts";
import type { Act, Done } from "../order/act.ts";
import { LiveOrder } from "../order/live_order.ts";
import { findingsAfter, visitsAfter } from "../order/visit_history.ts";
import type { Draft, OrderRecord, Store } from "../store/database.ts";

export const ORDER = "preview";

/** Where acts and drafts go. */
export interface Desk {
  act: (wanted: Act) => Promise<{ readonly problems: readonly Problem[]; readonly record: OrderRecord }>;
  keep: (visit: string, draft: Draft) => void;
}

/** The order on the phone of the preview: the designer decides what is done to it, and nothing of it is kept. */
export class ScratchOrder extends LiveOrder {
  readonly #drafts: Map<string, Draft>;

  constructor(store: Store, plan: Plan, { person, order, people, drafts }: PhoneShow, private readonly desk: Desk) {
    const actor = { person: person.id, work_roles: person.roles };
    const typed = new Map(Object.entries(drafts).map(([visit, draft]) => [visit, { key: `${ORDER} ${visit}`, ...draft }]));
    super(store, plan, actor, recordOf(order, people), () => null, typed, Promise.resolve());
    this.#drafts = typed;
  }

  override async keep({ visit, answers, reasons }: NonNullable<Act["draft"]>): Promise<void> {
    const draft = { key: `${ORDER} ${visit}`, answers, reasons };
    this.#drafts.set(visit, draft);
    this.desk.keep(visit, draft);
    return Promise.resolve();
  }

  protected override async decided(wanted: Act): Promise<Done> {
    if (wanted.draft) await this.keep(wanted.draft);
    const { problems, record } = await this.desk.act(wanted);
    return problems.length > 0 ? { ok: false, problems } : { ok: true, record };
  }

  protected override async draftOf(visit: string): Promise<Draft | undefined> {
    return Promise.resolve(this.#drafts.get(visit));
  }
}

/** The order as the server would tell it. */
export function recordOf({ facts, title, product, events, state }: PhoneOrder, people: PhoneShow["people"]): OrderRecord {
  const visits = events.reduce(visitsAfter, []);
  const order: FullOrder = {
    id: ORDER, number: facts.number, title, product: { key: facts.product, name: typeof product === "string" ? { en: product } : product },
    asset: facts.asset, customer: "", fault_codes: facts.fault_codes.map((code) => ({ code, title: {} })), fault_text: facts.fault_text,
    priority: "normal", due: null, status: state.status, outcome: state.outcome, revision: state.sequence, plan_hash: "", assigned_to: state.assigned_to, mine: true,
    active: [], progress: { done: visits.filter(({ status }) => status === "completed").length, of: visits.length },
    facts, state, visits, findings: events.reduce(findingsAfter, []), people,
  };
  return { id: ORDER, order, etag: null };
}

import type { Plan } from "@mendloop/engine";
import { addIcons } from "@mendloop/fields/icon.tsx";
import { SCREENS } from "@mendloop/fields/icons/screens.ts";
import type { PhoneShow } from "@mendloop/fields/phone.ts";
import { type Signal, signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { RunnerProvider } from "../context.ts";
import { equipped } from "../equipped.ts";
import { route } from "../route.ts";
import { type OrderRoute, OrderScreen } from "../screens/order_screen.tsx";
import { bringIntoSight } from "../ui/bring.ts";
import { Spoken } from "../ui/toast.tsx";
import { language, speak } from "../words/index.ts";
import { setClock } from "./clock.ts";
import { type Desk, ORDER, recordOf } from "./order.ts";
import { ScratchRunner } from "./runner.ts";
import type { Wire } from "./wire.ts";

addIcons(SCREENS);

/** What is on the screen: one runner for each place at which the designer has the phone begin. */
interface Standing {
  readonly runner: ScratchRunner;
  readonly key: string;
}

/** The screens of one order, as the designer tells it. Where the app would go to the list of orders, the order is shown. */
export function PreviewApp({ wire }: { readonly wire: Wire }): JSX.Element | null {
  const { standing, shown } = stage(wire);
  useEffect(() => shown.subscribe((show) => { if (show !== null) requestAnimationFrame(() => { wire.tell({ say: "shown", run: show.run, plan_number: show.plan_number }); }); }), []);
  if (standing.value === null) return null;
  const place = route.value;
  const here: OrderRoute = "order" in place ? place : { screen: "order", order: ORDER, visit: null };
  return (
    <RunnerProvider key={standing.value.key} value={standing.value.runner}>
      <OrderScreen shown={here} />
      <Spoken />
    </RunnerProvider>
  );
}

interface Stage {
  readonly standing: Signal<Standing | null>;
  readonly shown: Signal<PhoneShow | null>;
}

const stages = new WeakMap<Wire, Stage>();

function stage(wire: Wire): Stage {
  const known = stages.get(wire);
  if (known !== undefined) return known;
  const made = new Player(wire);
  stages.set(wire, made);
  return made;
}

/** Does what it is told, one thing after the other. */
class Player implements Stage {
  readonly standing: Signal<Standing | null> = signal<Standing | null>(null);
  readonly shown: Signal<PhoneShow | null> = signal<PhoneShow | null>(null);
  #plan: { readonly number: number; readonly plan: Plan } | null = null;
  #turn: Promise<void> = Promise.resolve();

  constructor(private readonly wire: Wire) {
    wire.shown.subscribe((show) => { if (show !== null) this.#turn = this.#turn.then(async () => { await this.#show(show); }).catch(reportError); });
  }

  async #show(show: PhoneShow): Promise<void> {
    const before = this.shown.peek();
    setClock(show.now);
    document.documentElement.dataset["theme"] = show.theme;
    if (language.peek() !== show.language || before === null) await speak(show.language);
    const plan = await this.#planOf(show);
    const key = [show.run, show.plan_number, show.person.id, show.person.roles.join()].join(" ");
    const height = scrollY;
    if (plan !== null && this.standing.peek()?.key !== key) this.standing.value = { runner: new ScratchRunner(show, plan, this.#desk(show)), key };
    else this.#adopt(show);
    if (placeOf(before) !== placeOf(show) || this.#isLost(show)) this.#go(show.visit);
    else scrollTo(0, height);
    if (show.field !== null && before?.field !== show.field) bringField(show.field);
    this.shown.value = show;
  }

  async #planOf({ plan, plan_number: number }: PhoneShow): Promise<Plan | null> {
    if (plan !== null) this.#plan = { number, plan: await equipped(plan) };
    return this.#plan?.number === number ? this.#plan.plan : null;
  }

  #adopt({ order, people }: PhoneShow): void {
    const live = this.standing.peek()?.runner.order;
    if (live !== undefined && live.record.peek().order.state.sequence !== order.state.sequence) live.adopt(recordOf(order, people));
  }

  /** True where the visit that is on the screen is no longer one of the order's. */
  #isLost({ order }: PhoneShow): boolean {
    const place = route.peek();
    return place.screen === "order" && place.visit !== null && !order.events.some((event) => event.type === "StepOpened" && event.visit === place.visit);
  }

  #go(visit: string | null): void {
    route.value = { screen: "order", order: ORDER, visit };
    scrollTo(0, 0);
  }

  #desk({ people }: PhoneShow): Desk {
    return {
      act: async ({ type, payload }) => {
        const { problems, order, now } = await this.wire.ask({ type, payload });
        setClock(now);
        return { problems, record: recordOf(order, people) };
      },
      keep: (visit, { answers, reasons }) => { this.wire.tell({ say: "draft", visit, draft: { answers, reasons } }); },
    };
  }
}

/** Where the designer wants the phone to be: only when that changes is the phone taken there. */
function placeOf(show: PhoneShow | null): string {
  return show === null ? "" : JSON.stringify([show.run, show.visit, show.person.id]);
}

/** Once it is drawn. */
function bringField(field: string): void {
  requestAnimationFrame(() => {
    const card = document.getElementById(`f-${field}-card`);
    if (card !== null) bringIntoSight(card);
  });
}

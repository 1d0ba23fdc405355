import type { Template } from "../../model/index.ts";
import { language } from "../../words/index.ts";
import { type Card, cardOf } from "./card.ts";

/** What the cards of a template tell. Each is made when it is first asked for, and is the same object as before where it tells the same. */
export class Cards {
  readonly #made = new Map<string, Card>();
  readonly #before: ReadonlyMap<string, Card> | null;
  readonly #spoken = language.value;

  constructor(private readonly template: Template, before: Cards | null) {
    this.#before = before?.tellsAlike(template, this.#spoken) === true ? before.#made : null;
  }

  has(id: string): boolean { return Object.hasOwn(this.template.nodes, id); }

  get(id: string): Card | undefined {
    const node = this.template.nodes[id];
    if (node === undefined) return undefined;
    const kept = this.#made.get(id) ?? this.#before?.get(id);
    const card = kept?.node === node ? kept : cardOf(this.template, id, node);
    this.#made.set(id, card);
    return card;
  }

  /** True when these cards would say the right thing of the nodes of `template` that did not change. */
  tellsAlike({ roles, start, languages }: Template, spoken: string): boolean {
    return roles === this.template.roles && languages === this.template.languages && start === this.template.start && spoken === this.#spoken;
  }
}

import type { Plan } from "@mendloop/engine";
import type { RecommendedPart } from "@mendloop/fields";
import type { PhoneShow } from "@mendloop/fields/phone.ts";
import { signal } from "@preact/signals";
import { Client } from "../api/client.ts";
import type { FoundPart, Session } from "../api/types.ts";
import { Runner } from "../runner.ts";
import { ScratchKeeper } from "./keeper.ts";
import { type Desk, ORDER, ScratchOrder } from "./order.ts";

/** A runner that has one order, asks no server and writes to no disk. */
export class ScratchRunner extends Runner {
  override readonly keeper: ScratchKeeper;
  override readonly recommended = { of: () => NOTHING, wake: () => { /* no list, no network */ } };
  override readonly hasParts: boolean = false;
  override readonly hasCases: boolean = false;
  readonly order: ScratchOrder;

  constructor(show: PhoneShow, plan: Plan, desk: Desk) {
    super(sessionOf(show), new PartsOnly(show));
    this.keeper = pictures ??= new ScratchKeeper(this.store, Infinity);
    this.order = new ScratchOrder(this.store, plan, show, desk);
  }

  override async begin(): Promise<void> { await nothing(); }
  override async refreshCards(): Promise<void> { await nothing(); }
  override async openFirst(): Promise<void> { await nothing(); }
  override async refresh(): Promise<void> { await nothing(); }
  override async reread(): Promise<void> { await nothing(); }
  override async count(): Promise<void> { await nothing(); }
  override async settled(): Promise<void> { await nothing(); }
  override acted(): void { /* told to the designer already */ }
  override opened(id: string): ScratchOrder | undefined { return id === ORDER ? this.order : undefined; }
  override async open(): Promise<ScratchOrder> { return await Promise.resolve(this.order); }
  override async flush(): Promise<void> { await this.order.flush(); }
}

/** Nobody has repaired anything here. */
const NOTHING = signal<readonly RecommendedPart[]>([]);

/** Pictures outlive a change of the draft. */
let pictures: ScratchKeeper | null = null;

/** Knows the parts that the designer has told, and nothing else. */
class PartsOnly extends Client {
  constructor(private readonly show: PhoneShow) { super(); }

  override async parts(query: string): Promise<readonly FoundPart[]> {
    const wanted = query.trim().toLowerCase();
    const all = this.show.parts.map(({ id, label, unit = "piece", fits = [], serial = false }) => ({ number: id, name: label, unit, fits, serial_tracked: serial }));
    return await Promise.resolve(all.filter((part) => JSON.stringify(part).toLowerCase().includes(wanted)));
  }
}

function sessionOf({ person, language }: PhoneShow): Session {
  return { person_id: person.id, name: person.name, organisation_id: "", organisation: "", roles: [], work_roles: person.roles, language, csrf_token: "" };
}

async function nothing(): Promise<void> {
  await Promise.resolve();
}

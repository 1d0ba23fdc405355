import "fake-indexeddb/auto";
import { vi } from "vitest";
import { Client, Unreachable } from "../../src/api/client.ts";
import type { Given } from "../../src/api/given.ts";
import type { Draft } from "../../src/model/index.ts";
import { command } from "../../src/model/command.ts";
import { type Opened, openTemplate } from "../../src/store/index.ts";

/** What a browser has that Node has not: locks that end with their tab, and a page. */
class Locks {
  readonly #held = new Map<string, () => void>();

  async request(name: string, _options: unknown, work: (lock: object | null) => Promise<void>): Promise<void> {
    if (this.#held.has(name)) { await work(null); return; }
    const end = new Promise<void>((resolve) => { this.#held.set(name, resolve); });
    await Promise.race([work({}), end]);
    this.#held.delete(name);
  }

  /** The tab is gone, however. */
  end(name: string): void { this.#held.get(name)?.(); this.#held.delete(name); }
}

/** A tab's way to the server, which can be cut. */
class TabClient extends Client {
  isCut = false;
  override async get<Answer>(path: string): Promise<Answer> { this.#check(); return await super.get<Answer>(path); }
  override async act<Answer>(...parts: Parameters<Client["act"]>): Promise<Answer> { this.#check(); return await super.act<Answer>(...parts); }
  override sendOff(...parts: Parameters<Client["sendOff"]>): boolean { return !this.isCut && super.sendOff(...parts); }
  #check(): void { if (this.isCut) throw new Unreachable("cut"); }
}

export interface Tab extends Opened { readonly client: TabClient }

/** One browser of one person, with as many tabs as one likes. */
export class Browser {
  readonly page = new EventTarget();
  readonly #locks = new Locks();

  constructor(address: string) {
    const reach = fetch;
    vi.stubGlobal("fetch", async (path: string, request: RequestInit) => await reach(address + path, request));
    vi.stubGlobal("navigator", { locks: this.#locks });
    vi.stubGlobal("document", this.page);
    vi.stubGlobal("addEventListener", this.page.addEventListener.bind(this.page));
  }

  /** `given`: what the page has brought. */
  async open(given?: Given): Promise<Tab> {
    const client = new TabClient(given);
    return { ...(await openTemplate(client, "pump")), client };
  }

  /** As `kill -9`: nothing is sent or written any more, locks are free. */
  kill(tab: Tab): void {
    tab.client.isCut = true;
    this.#locks.end(`mendloop-designer-${tab.session}`);
  }
}

/** Type a title into a node. */
export function retitle(tab: Pick<Opened, "editor">, node: string, text: string): void {
  tab.editor.edit((draft) => command(draft, { key: "edit.change_node" }, ({ template }) => { template.nodes[node]!.title = { en: text }; }));
}

export function titleIn({ template }: Draft, node: string): string | undefined {
  return template.nodes[node]?.title?.["en"];
}

/** A draft of two steps and an end. */
export const PUMP: Draft = {
  template: {
    format: 1, key: "pump", title: { en: "Pump" }, roles: { engineer: {} }, start: "isolate",
    nodes: {
      isolate: { kind: "step", role: "engineer", title: { en: "Isolate" }, next: [{ to: "measure" }] },
      measure: { kind: "step", role: "engineer", title: { en: "Measure" }, fields: [{ id: "runout", type: "reading", unit: "mm" }], next: [{ to: "done" }] },
      done: { kind: "end", outcome: "repaired", title: { en: "Repaired" } },
    },
  },
  layout: {},
};

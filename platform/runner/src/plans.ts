import type { Plan } from "@mendloop/engine";
import type { Client } from "./api/client.ts";
import { equipped } from "./equipped.ts";
import { whenIdle } from "./later.ts";
import { keepPicturesOf } from "./photos/plan_pictures.ts";
import type { Store } from "./store/database.ts";
import { keepPlan } from "./store/opened.ts";

type Attempt = <T>(ask: () => Promise<T>) => Promise<T | null>;

/** Plans by their hash. One never changes: it is fetched once, and read once. */
export class Plans {
  readonly #known = new Map<string, Plan>();
  readonly #pictured = new Set<string>();

  constructor(private readonly store: Store, private readonly client: Client, private readonly attempt: Attempt) {}

  /** The plan; null when it is nowhere to be had. `kept`: as it was found on the phone beside its order. */
  async find(hash: string, kept: unknown): Promise<Plan | null> {
    const known = this.#known.get(hash);
    if (known !== undefined) return known;
    const json = kept ?? (await this.#json(hash));
    if (json === null) return null;
    this.#keepPictures(hash, json);
    const plan = await this.attempt(async () => await equipped(json));
    if (plan === null) return null;
    this.#known.set(hash, plan);
    return plan;
  }

  /** True once the plan is on the phone; it is fetched when it is not. */
  async has(hash: string): Promise<boolean> {
    const json = await this.#json(hash);
    if (json !== null) this.#keepPictures(hash, json);
    return json !== null;
  }

  /** Brought by the page, here already for another order, or the server has it. */
  async #json(hash: string): Promise<unknown> {
    const stored = this.client.bringsPlan(hash) ? undefined : await this.store.use(async (database) => await database.get("plans", hash));
    const json = stored?.plan ?? (await this.attempt(async () => await this.client.plan(hash)));
    if (stored === undefined && json !== null) setTimeout(() => { void keepPlan(this.store, hash, json); }); // after it is shown
    return json;
  }

  /** Its pictures too, when nothing else is to be done; once as long as the app is open. */
  #keepPictures(hash: string, json: unknown): void {
    if (this.#pictured.has(hash)) return;
    this.#pictured.add(hash);
    whenIdle(() => { void keepPicturesOf(this.store, json); });
  }
}

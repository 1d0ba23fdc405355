/** How long a tab may take to say that it lives, where the browser has no locks. */
const ANSWER_MS = 250;

export type Release = () => void;

/** Says of tabs whether they still live: each holds a lock as long as it does, however it ends. */
export class Lives {
  readonly #channel: BroadcastChannel;
  readonly #held = new Set<string>();

  constructor(person: string, private readonly locks: LockManager | null = (navigator as { locks?: LockManager }).locks ?? null) {
    this.#channel = new BroadcastChannel(`mendloop-designer-lives-${person}`);
    this.#channel.addEventListener("message", ({ data }: MessageEvent<Call>) => {
      if (data.asked !== undefined && this.#held.has(data.asked)) this.#channel.postMessage({ lives: data.asked } satisfies Call);
    });
  }

  /** Live under this name until it is released. Null: somebody else does. */
  async hold(name: string): Promise<Release | null> {
    const release = this.locks === null ? await this.#holdByAsking(name) : await holdLock(this.locks, name);
    if (release === null) return null;
    this.#held.add(name);
    return () => { this.#held.delete(name); release(); };
  }

  close(): void {
    this.#channel.close();
  }

  /** Pages without https have no locks: whoever lives says so when asked. */
  async #holdByAsking(name: string): Promise<Release | null> {
    if (this.#held.has(name)) return null;
    const lives = await new Promise<boolean>((resolve) => {
      const answered = ({ data }: MessageEvent<Call>): void => { if (data.lives === name) resolve(true); };
      this.#channel.addEventListener("message", answered);
      this.#channel.postMessage({ asked: name } satisfies Call);
      setTimeout(() => { this.#channel.removeEventListener("message", answered); resolve(false); }, ANSWER_MS);
    });
    return lives ? null : () => null;
  }
}

interface Call {
  readonly asked?: string;
  readonly lives?: string;
}

async function holdLock(locks: LockManager, name: string): Promise<Release | null> {
  return await new Promise((resolve, reject) => {
    locks.request(`mendloop-designer-${name}`, { ifAvailable: true }, async (lock) => {
      if (lock === null) { resolve(null); return; }
      await new Promise<void>((release) => { resolve(release); });
    }).catch(reject);
  });
}

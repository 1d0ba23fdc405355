/** An answer of the API, from wherever it came. */
export interface Answer {
  readonly json: unknown;
  readonly etag: string | null;
}

/**
 * Answers that are there before they are asked for: the page has brought them, or they were asked for early.
 * Each is good for one question.
 */
export class Given {
  readonly #early = new Map<string, Promise<Answer | null>>();

  /** `answer` is under way: whoever asks for `path` next gets it. */
  expect(path: string, answer: Promise<Answer>): void {
    answer.catch(() => null); // told to whoever asks for it
    this.#early.set(path, answer);
  }

  /** True when the page has brought the answer to `path`. */
  brought(path: string): boolean {
    return blockOf(path) !== undefined;
  }

  /** The answer to `path`; null when there is none. */
  async take(path: string): Promise<Answer | null> {
    const early = this.#early.get(path);
    if (early === undefined) return fromPage(path);
    this.#early.delete(path);
    return await early;
  }

  forget(): void {
    this.#early.clear();
    for (const block of blocks()) block.remove();
  }
}

/** What the page itself says of `path`: taken out of it, so that it says so once. */
function fromPage(path: string): Answer | null {
  const block = blockOf(path);
  if (block === undefined) return null;
  block.remove();
  return { json: JSON.parse(block.textContent) as unknown, etag: block.dataset["etag"] ?? null };
}

function blockOf(path: string): HTMLScriptElement | undefined {
  return blocks().find(({ dataset }) => dataset["answer"] === path);
}

function blocks(): readonly HTMLScriptElement[] {
  return typeof document === "undefined" ? [] : [...document.querySelectorAll<HTMLScriptElement>("script[data-answer]")];
}

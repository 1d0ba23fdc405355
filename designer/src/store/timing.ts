/** Saved so long after the last edit, … */
const REST_MS = 1_500;
/** … and at most so long after the first. */
const LONGEST_MS = 6_000;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 60_000;

/** When to save next. */
export class Timing {
  #timer: ReturnType<typeof setTimeout> | null = null;
  #firstEdit: number | null = null;
  #due = Infinity;
  #isDue = false;
  #failures = 0;

  /** `act` is called when it is time. */
  constructor(private readonly act: () => void, private readonly chance: () => number = Math.random, private readonly now: () => number = () => performance.now()) {}

  /** Something was edited. While the server cannot be reached, that changes nothing. */
  edited(): void {
    this.#firstEdit ??= this.now();
    if (this.#failures === 0) this.#setDue(Math.min(this.now() + REST_MS, this.#firstEdit + LONGEST_MS));
  }

  /** It did not work: once more, later each time, and not all tabs at the same moment. */
  failed(): void {
    this.#failures += 1;
    const whole = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(this.#failures - 1, 10));
    this.#setDue(this.now() + (whole * (4 + this.chance())) / 5);
  }

  /** The server has answered: what was edited until now is on its way or saved. */
  answered(): void {
    this.#failures = 0;
    this.#firstEdit = null;
    this.#setDue(Infinity);
  }

  /** Do not wait any longer. */
  hurry(): void {
    this.#setDue(this.now());
  }

  get isWaiting(): boolean {
    return this.#due !== Infinity;
  }

  get isDue(): boolean {
    return this.#isDue;
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #setDue(due: number): void {
    this.stop();
    this.#due = due;
    this.#isDue = due <= this.now();
    if (due === Infinity) return;
    this.#timer = setTimeout(() => {
      this.#isDue = true; // also where timers are a little early
      this.act();
    }, Math.max(0, due - this.now()));
  }
}

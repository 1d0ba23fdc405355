/** Patterns, compiled to a program when the template was published, run in time linear in the text. */

export interface Program {
  readonly sets: readonly (readonly number[])[];
  readonly code: readonly (readonly number[])[];
}

const [SET, SPLIT, JUMP, ASSERT] = [0, 1, 2, 3];
const NOTHING = -1;
const NEWLINE = 10;

/** Whether the pattern is found anywhere in `text`. */
export function search(program: Program, text: string): boolean {
  const machine = new Machine(program);
  let before = NOTHING;
  for (let at = 0; at <= text.length; at++) {
    const here = text.codePointAt(at) ?? NOTHING;
    if (machine.step(before, here)) return true;
    if (here > 0xffff) at++;
    before = here;
  }
  return false;
}

/** All ways through the program at once: which instructions could be next. */
class Machine {
  private waiting: number[] = [];
  private readonly seen: Int32Array;
  private turn = 0;

  constructor(private readonly program: Program) {
    this.seen = new Int32Array(program.code.length);
  }

  /** Follow every way at the place between two characters, then past the second; true when one way has arrived. */
  step(before: number, here: number): boolean {
    this.turn++;
    const reached: number[] = [];
    if ([...this.waiting, 0].some((start) => this.follow(start, before, here, reached))) return true;
    this.waiting = reached.filter((at) => within(this.program.sets[this.program.code[at]?.[1] ?? 0] ?? [], here)).map((at) => at + 1);
    return false;
  }

  private follow(start: number, before: number, here: number, reached: number[]): boolean {
    const open = [start];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (this.seen[at] === this.turn) continue;
      this.seen[at] = this.turn;
      const [kind = 0, one = 0, two = 0] = this.program.code[at] ?? [];
      if (kind === SET) reached.push(at);
      else if (kind === SPLIT) open.push(two, one);
      else if (kind === JUMP) open.push(one);
      else if (kind !== ASSERT) return true;
      else if (holds(one, before, here)) open.push(at + 1);
    }
    return false;
  }
}

/** Whether the set, ascending ranges, has the character. */
function within(set: readonly number[], point: number): boolean {
  let low = 0, high = set.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((set[middle] ?? 0) < point) low = middle + 1;
    else high = middle;
  }
  return set[low] === point || low % 2 === 1;
}

const isWord = (point: number): boolean => point >= 0 && point < 128 && /\w/.test(String.fromCharCode(point));

/** Text start and end, line start and end, edge of a word. */
function holds(kind: number, before: number, here: number): boolean {
  switch (kind) {
    case 0: return before === NOTHING;
    case 1: return here === NOTHING;
    case 2: return before === NOTHING || before === NEWLINE;
    case 3: return here === NOTHING || here === NEWLINE;
    default: return isWord(before) !== isWord(here);
  }
}

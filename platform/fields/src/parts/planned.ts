/** Whatever names a part, and the position of the machine it is for. */
export interface PartAt {
  readonly part: string;
  readonly position?: string | null;
}

/** The planned line that an entry is about, as the engine sees it: its part's, at its position where the part is planned for several. */
export function lineMeant<Line extends PartAt>(lines: readonly Line[], entry: PartAt): Line | undefined {
  const own = lines.filter(({ part }) => part === entry.part);
  return own.length === 1 ? own[0] : own.find(({ position = null }) => position === (entry.position ?? null));
}

/** Whether it is asked if so much was really used: once, where it goes beyond what was planned. What nobody planned has no plan to go beyond. */
export function asksAbout(planned: number | null, before: number, now: number): boolean {
  return planned !== null && now > planned && before <= planned;
}

/** The position that tells this line from others of the same part; none where the part says it all. */
export function tellingPosition(lines: readonly PartAt[], line: PartAt): string | undefined {
  return lines.filter(({ part }) => part === line.part).length > 1 ? (line.position ?? undefined) : undefined;
}

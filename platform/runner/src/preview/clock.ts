let now = new Date().getTime();

/** What time it is in the preview. */
export function setClock(moment: string): void {
  const told = new Real(moment).getTime();
  if (!Number.isNaN(told)) now = told;
}

const Real = Date;

/** On this page it is as late as the designer says, and it stays so: expressions and what is recorded see one and the same time. */
export function installClock(): void {
  globalThis.Date = new Proxy(Real, {
    construct: (date, given: unknown[]) => Reflect.construct(date, given.length === 0 ? [now] : given) as object,
    get: (date, name) => (name === "now" ? () => now : (Reflect.get(date, name) as unknown)),
  });
}

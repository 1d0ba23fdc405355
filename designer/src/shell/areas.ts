/** The areas of the screen, in the order in which F6 goes through them. What is not shown is passed over. */
const AREAS = [".bar", ".left", ".canvas", ".problems", ".side", ".phone-column", ".trial-column"] as const;
const CAN_HAVE = "[aria-selected=true][tabindex='0'], .canvas-node[tabindex='0'], button:not(:disabled, [tabindex='-1']), input:not(:disabled), select:not(:disabled), textarea, a[href], summary, [tabindex='0']";

/** Where the keyboard was in an area: it comes back to that. */
const were = new WeakMap<Element, HTMLElement>();

/** The keyboard goes to the next area, or the one before. */
export function goToArea(by: 1 | -1): void {
  const areas = AREAS.flatMap((css) => [...document.querySelectorAll<HTMLElement>(`.editor ${css}`)]).filter((area) => area.checkVisibility());
  const { activeElement: active } = document;
  const now = areas.findIndex((area) => area.contains(active));
  if (active instanceof HTMLElement && areas[now] !== undefined) were.set(areas[now], active);
  const turn = now < 0 ? (by > 0 ? 0 : areas.length - 1) : (now + by + areas.length) % areas.length;
  const next = areas[turn];
  if (next !== undefined) enter(next);
}

function enter(area: HTMLElement): void {
  const before = were.get(area);
  if (before !== undefined && area.contains(before) && canHave(before)) { before.focus(); return; }
  const [first] = [...area.querySelectorAll<HTMLElement>(CAN_HAVE)].filter(canHave);
  (first ?? area).focus();
}

function canHave(element: HTMLElement): boolean {
  return element.checkVisibility({ visibilityProperty: true }) && !element.matches(":disabled");
}

/**
 * Whoever takes away a row stays in the list: the row that is in its place now has the focus, else what adds another.
 * For the click on a button that is a child of its row.
 */
export function stayInList({ currentTarget: button }: Event): void {
  if (!(button instanceof HTMLElement)) return;
  const row = button.closest("li");
  const list = row?.parentElement;
  const around = list?.parentElement;
  const place = row === null ? -1 : [...(list?.children ?? [])].indexOf(row);
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return; // it has gone elsewhere already
    const rows = list?.isConnected === true ? [...list.children] : [];
    const next = rows[Math.min(place, rows.length - 1)]?.querySelector<HTMLElement>(":scope > button:last-of-type");
    (next ?? around?.querySelector<HTMLElement>("input, button"))?.focus();
  });
}

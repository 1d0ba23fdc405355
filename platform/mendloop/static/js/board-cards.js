// Puts cards where they belong. A card that stays where it is is only made new; others slide for a moment, unless the
// reader wants no motion.

const SLIDE = { duration: 220, easing: "ease-out" };
const still = matchMedia("(prefers-reduced-motion: reduce)");

export function place(board, put, isSeen) {
  const lanes = new Map([...board.querySelectorAll(".lane")].map((lane) => [lane.dataset.lane, lane.querySelector("ol")]));
  const moving = put.filter((each) => !staysAt(each));
  const before = isSeen && moving.length && !still.matches ? boxes(board, moving, lanes) : new Map();
  for (const each of put) putOne(each, lanes.get(each.lane));
  slide(before);
  recount(board);
}

export function remove(board, ids) {
  for (const id of ids) document.getElementById(id)?.remove();
  if (ids.length) recount(board);
}

function staysAt(each) {
  const card = document.getElementById(each.id);
  return card?.dataset.rank === each.rank && card.closest(".lane").dataset.lane === each.lane;
}

function putOne(each, list) {
  const fresh = document.createRange().createContextualFragment(each.html).querySelector(".board-card");
  const old = document.getElementById(each.id);
  const focused = old?.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  if (old && staysAt(each)) {
    old.replaceWith(fresh);
  } else {
    old?.remove();
    list.insertBefore(fresh, firstBehind(list, each.rank));
  }
  if (focused) fresh.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function firstBehind(list, rank) {
  let low = 0;
  let high = list.children.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list.children[middle].dataset.rank < rank) low = middle + 1;
    else high = middle;
  }
  return list.children[low] ?? null;
}

// Where the cards on the screen are, of the lanes in which something moves.
function boxes(board, moving, lanes) {
  const lists = new Set(moving.map((each) => lanes.get(each.lane)));
  for (const each of moving) lists.add(document.getElementById(each.id)?.parentElement);
  const found = new Map();
  for (const list of lists) {
    for (const card of list?.children ?? []) {
      const box = card.getBoundingClientRect();
      if (box.bottom > 0 && box.top < innerHeight) found.set(card.id, box);
      else if (box.top >= innerHeight) break;
    }
  }
  return found;
}

function slide(before) {
  const now = [...before].map(([id, from]) => [document.getElementById(id), from]);
  const moved = now.filter(([card]) => card).map(([card, from]) => [card, from, card.getBoundingClientRect()]);
  for (const [card, from, to] of moved) {
    const x = from.left - to.left;
    const y = from.top - to.top;
    if (x || y) card.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }], SLIDE);
  }
}

function recount(board) {
  for (const lane of board.querySelectorAll(".lane")) {
    const count = String(lane.querySelector("ol").children.length);
    for (const told of [lane.querySelector("[data-count]"), board.querySelector(`[data-jump="${lane.dataset.lane}"] .count`)]) {
      if (told && told.textContent !== count) told.textContent = count;
    }
  }
}

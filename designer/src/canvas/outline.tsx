import "./outline.css";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Session } from "../session.ts";
import { Icon } from "../shell/icon.tsx";
import { say } from "../words/index.ts";
import { askActs, askKind, askTarget } from "./acts/asking.ts";
import { openStep, remove } from "./acts/edits.ts";
import { boardOf, type Board } from "./board.ts";
import { KIND_ICONS } from "./flow/kinds.ts";
import { type Item, outlineOf } from "./flow/outline.ts";
import { spokenCard } from "./view/card.tsx";

/** The flow as a tree: every node in its order, under it the ways that lead from it. For the keyboard and for those who do not see the canvas. */
export function Outline({ session }: { readonly session: Session }): JSX.Element {
  const board = boardOf(session);
  const tree = useRef<HTMLUListElement>(null);
  const items = outlineOf(board.scene.value);
  const { selection } = board;
  const chosen = selection.kind === "edge" ? `${selection.node} ${selection.index}` : board.selected[0];
  const tabStop = items.some(({ key }) => key === chosen) ? chosen : items[0]?.key;
  useEffect(() => { tree.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }); }, [chosen]);
  return (
    <div class="canvas-outline" data-canvas-keys data-testid="outline">
      <h2>{say("canvas.outline")}</h2>
      <ul role="tree" aria-label={say("canvas.outline")} ref={tree} onKeyDown={(event) => { walk(event, board, items); }}>
        {items.map((item) => <Row key={item.key} board={board} item={item} isChosen={item.key === chosen} takesTab={item.key === tabStop} />)}
      </ul>
      <p class="quiet">{say("canvas.outline_keys")}</p>
    </div>
  );
}

interface RowProps {
  readonly board: Board;
  readonly item: Item;
  readonly isChosen: boolean;
  readonly takesTab: boolean;
}

function Row({ board, item, isChosen, takesTab }: RowProps): JSX.Element {
  const problems = board.problems.value.get(item.key);
  return (
    <li role="treeitem" aria-level={item.level} aria-setsize={item.setSize} aria-posinset={item.place} aria-selected={isChosen} tabIndex={takesTab ? 0 : -1} style={`--level:${item.level}`} class={`canvas-row ${item.kind}`}
      data-key={item.key} data-testid={item.kind === "node" ? `outline-${item.key}` : `outline-${item.key.replace(" ", "-")}`}
      onClick={() => { choose(board, item); }} onDblClick={() => { if (item.kind === "node") openStep(board, item.key); }}
      onContextMenu={(event) => { event.preventDefault(); choose(board, item); askActs(board, { x: event.clientX, y: event.clientY }); }}>
      <span class="unseen">{item.kind === "node" ? spokenCard(item.card, problems) : item.spoken}</span>
      {item.kind === "node" ? <><Icon name={KIND_ICONS[item.card.node.kind]} /><span aria-hidden="true">{item.card.title}</span></> : <><i class={item.isRework ? "rework" : ""} aria-hidden="true">{item.isRework ? "↺" : "→"}</i><span aria-hidden="true">{item.text}</span></>}
      {problems === undefined ? null : <b class={problems.errors > 0 ? "badge danger" : "badge warn"} aria-hidden="true">{problems.errors + problems.warnings}</b>}
    </li>
  );
}

function choose(board: Board, item: Item): void {
  if (item.kind === "node") { board.selectNodes([item.key]); board.reveal(item.key); } else board.select({ kind: "edge", node: item.from, index: item.index });
}

/** As trees are walked: up and down all, left to the node, right to its first way; a letter jumps. */
function walk(event: KeyboardEvent, board: Board, items: readonly Item[]): void {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
  const now = items.findIndex(({ key }) => key === (event.target as HTMLElement).dataset["key"]);
  const next = targetOf(event.key, now, items);
  const act = next === undefined ? ACTS[event.key] : undefined;
  if (next === undefined && act === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  if (next !== undefined) { choose(board, next); focusRow(event.currentTarget, next.key); } else act?.(board);
}

const ACTS: Readonly<Record<string, (board: Board) => void>> = {
  Enter: (board) => { const [id] = board.selected; if (id !== undefined) openStep(board, id); },
  Delete: remove,
  n: askKind,
  c: askTarget,
};

function targetOf(key: string, now: number, items: readonly Item[]): Item | undefined {
  const item = items[now];
  switch (key) {
    case "ArrowDown": return items[now + 1];
    case "ArrowUp": return items[now - 1];
    case "Home": return items[0];
    case "End": return items.at(-1);
    case "ArrowRight": return items[now + 1]?.kind === "route" ? items[now + 1] : undefined;
    case "ArrowLeft": return item?.kind === "route" ? items.find(({ key: other }) => other === item.from) : undefined;
    default: return undefined;
  }
}

function focusRow(tree: EventTarget | null, key: string): void {
  if (tree instanceof HTMLElement) tree.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
}

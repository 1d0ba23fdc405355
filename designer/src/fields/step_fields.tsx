import { batch, type ReadonlySignal, useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Draft } from "../model/index.ts";
import { tonguesIn } from "../model/tongues.ts";
import { Icon } from "../shell/icon.tsx";
import type { Session } from "../session.ts";
import { read, say } from "../words/index.ts";
import { Card } from "./card.tsx";
import { ChosenBar } from "./chosen_bar.tsx";
import { targetAt } from "./drop_target.ts";
import { EmptyStep } from "./empty_step.tsx";
import { AddMenuWanted, fetchEditors } from "./field_editor.tsx";
import { Gap } from "./gap.tsx";
import { hearClipboard, hearKey } from "./keys.ts";
import { useRevealing } from "./revealing.ts";
import { Room } from "./room.ts";
import { type Drag, useDrag } from "./use_drag.ts";

/** The fields of a step as cards, one below the other, edited where they are. */
export function StepFields({ session, node }: { readonly session: Session; readonly node: string }): JSX.Element {
  const room = useMemo(() => new Room(session, node), [session, node]);
  const list = useRef<HTMLDivElement>(null);
  useRevealing(room, list);
  useEffect(() => following(room), [room]);
  useEffect(fetchEditors, []);
  useEffect(() => hearClipboard(room, list), [room]);
  const dragging = useDrag({
    list, items: ".fields-card",
    drop: ({ from, gap, x, y }) => {
      const ids = room.meant(room.ids.peek()[from] ?? "");
      const target = targetAt(room, x, y);
      if (target === null) room.gather(ids, gap);
      else room.send(ids, target, read(titleOf(session, target)));
    },
  });
  const isDragging = useComputed(() => dragging.drag.value !== null).value;
  const fields = room.fields.value;
  const isReadonly = room.isReadonly.value;
  return (
    <section class="fields-room" aria-label={say("fields.title")} data-testid="step-fields" data-both={room.both.value}>
      <Head room={room} count={fields.length} />
      {fields.length === 0 ? <EmptyStep room={room} /> : (
        <div class="fields-list" role="list" ref={list} data-dragging={isDragging} onKeyDown={(event) => { hearKey(event, room); }}>
          {fields.map((field, index) => <Card key={room.keyOf(field.id)} room={room} field={field} index={index} begin={dragging.begin} drag={dragging.drag} />)}
          {isReadonly ? null : <Gap room={room} index={fields.length} isLast />}
        </div>
      )}
      <DragTag room={room} drag={dragging.drag} />
      <ChosenBar room={room} />
      <AddMenuWanted room={room} />
    </section>
  );
}

/** What is open stays open under another name. */
function following(room: Room): () => void {
  const { renames } = room.session.editor;
  let known = renames.peek();
  return renames.subscribe((now) => {
    if (now !== known) batch(() => { for (const rename of now) room.follow(rename); });
    known = now;
  });
}

/** Beside the pointer, while fields are dragged over another step: where they would go. */
function DragTag({ room, drag }: { readonly room: Room; readonly drag: ReadonlySignal<Drag | null> }): JSX.Element | null {
  const now = drag.value;
  const target = now === null ? null : targetAt(room, now.x, now.y);
  if (now === null || target === null) return null;
  return <span class="fields-tag" style={{ left: `${now.x}px`, top: `${now.y}px` }}>{say("fields.send_to", { step: read(titleOf(room.session, target)) })}</span>;
}

function titleOf({ editor }: Session, node: string): Readonly<Record<string, string>> | undefined {
  return titleIn(editor.draft.peek(), node);
}

function titleIn({ template }: Draft, node: string): Readonly<Record<string, string>> | undefined {
  const found = template.nodes[node];
  return found !== undefined && "title" in found ? found.title : undefined;
}

function Head({ room, count }: { readonly room: Room; readonly count: number }): JSX.Element {
  const { session, node } = room;
  const title = useComputed(() => read(titleIn(session.editor.draft.value, node))).value;
  return (
    <header class="fields-head">
      <h2 title={title}>{title === "" ? node : title}</h2>
      <span class="quiet">{count === 0 ? "" : say(count === 1 ? "fields.one_field" : "fields.some_field", { count })}</span>
      {tonguesIn(room.session.editor.draft.value.template).length < 2 ? null : <button type="button" class="tool fields-both" aria-pressed={room.both.value} title={say("fields.both_why")} data-testid="fields-both" onClick={() => { room.toggleBoth(); }}>中 / EN</button>}
      {room.isReadonly.value ? <span class="badge">{say("fields.readonly")}</span> : (
        <button type="button" class="button" data-testid="add-field" aria-haspopup="dialog" onClick={(event) => { room.adding.value = { index: count, anchor: event.currentTarget }; }}><Icon name="plus" />{say("fields.add")}</button>
      )}
    </header>
  );
}

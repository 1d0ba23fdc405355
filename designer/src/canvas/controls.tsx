import { computed } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { mayEdit } from "../session.ts";
import { Icon, type IconName } from "../shell/icon.tsx";
import { say } from "../words/index.ts";
import { tidy } from "./acts/edits.ts";
import { fit, zoomBy, zoomTo } from "./acts/views.ts";
import type { Board } from "./board.ts";

/** Zoom, fit and tidy, at the canvas's lower left. */
export function Controls({ board }: { readonly board: Board }): JSX.Element {
  const isPlaced = Object.keys(board.session.editor.draft.value.layout).length > 0;
  return (
    <div class="canvas-controls" role="toolbar" aria-label={say("canvas.group_view")}>
      <Button icon="minus" name={say("canvas.act_zoom_out")} testid="zoom-out" run={() => { zoomBy(board, -1); }} />
      <Percent board={board} />
      <Button icon="plus" name={say("canvas.act_zoom_in")} testid="zoom-in" run={() => { zoomBy(board, 1); }} />
      <Button icon="fit" name={say("canvas.act_fit")} testid="fit" run={() => { fit(board); }} />
      {isPlaced && mayEdit(board.session) ? <Button icon="tidy" name={say("canvas.act_tidy")} testid="tidy" run={() => { tidy(board); }} /> : null}
    </div>
  );
}

/** Alone, and drawn only when the number changes: moving about draws no controls. */
function Percent({ board }: { readonly board: Board }): JSX.Element {
  const percent = useMemo(() => computed(() => Math.round(board.view.value.zoom * 100)), [board]);
  return <button type="button" class="tool canvas-percent" title={say("canvas.act_full_size")} onClick={() => { zoomTo(board, 1); }} data-testid="zoom">{percent.value}%</button>;
}

function Button({ icon, name, testid, run }: { readonly icon: IconName; readonly name: string; readonly testid: string; readonly run: () => void }): JSX.Element {
  return <button type="button" class="tool" aria-label={name} title={name} data-testid={testid} onClick={run}><Icon name={icon} /></button>;
}

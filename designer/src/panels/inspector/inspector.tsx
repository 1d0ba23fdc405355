import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { routesOf, type Selection, type Template } from "../../model/index.ts";
import type { Session } from "../../session.ts";
import { followSoon, newJump } from "../jumps.ts";
import { NodePanel } from "./node_panel.tsx";
import { NodesPanel } from "./nodes_panel.tsx";
import { RoutePanel } from "./route_panel.tsx";
import { TemplatePanel, type TemplatePanelProps } from "./template_panel.tsx";

export type InspectorProps = TemplatePanelProps;

/** The settings of what is selected; of the template while nothing is. */
export function Inspector(props: InspectorProps): JSX.Element {
  const { session } = props;
  const place = useRef<HTMLDivElement>(null);
  useJumps(session, place);
  return <div class="panels" ref={place} data-testid="inspector"><Panel {...props} selection={session.editor.selection.value} template={session.editor.draft.value.template} /></div>;
}

interface PanelProps extends InspectorProps {
  readonly selection: Selection;
  readonly template: Template;
}

function Panel(props: PanelProps): JSX.Element {
  const { session, selection, template } = props;
  if (selection.kind === "edge") {
    const node = template.nodes[selection.node];
    const route = routesOf(node)[selection.index];
    if (node !== undefined && route !== undefined) return <RoutePanel key={`${selection.node} ${selection.index}`} session={session} from={selection.node} node={node} index={selection.index} route={route} />;
  }
  const ids = (selection.kind === "nodes" ? selection.nodes : selection.kind === "template" ? [] : [selection.node]).filter((id) => template.nodes[id] !== undefined);
  const [id] = ids;
  const node = id === undefined ? undefined : template.nodes[id];
  if (id === undefined || node === undefined) return <TemplatePanel {...props} />;
  return ids.length === 1 ? <NodePanel key={id} session={session} id={id} node={node} /> : <NodesPanel session={session} ids={ids} />;
}

/** The template, a node or a route: it is shown, and none of its settings is meant. */
const WHOLE = /^(\/nodes\/[^/]+(\/next\/\d+)?)?$/;

/** What somebody jumps to gets the focus, and what it is folded in is opened. */
function useJumps(session: Session, place: { readonly current: HTMLElement | null }): void {
  const jump = newJump(session);
  useEffect(() => (jump === null ? undefined : followSoon(session, jump, () => { if (!WHOLE.test(jump.pointer)) focusOn(place.current, jump.pointer); })), [jump]);
}

function focusOn(panel: HTMLElement | null, pointer: string): void {
  const controls = [...(panel?.querySelectorAll<HTMLElement>("[data-pointer]") ?? [])];
  const isWithin = ({ dataset }: HTMLElement): boolean => dataset["pointer"] === pointer || dataset["pointer"]?.startsWith(`${pointer}/`) === true;
  const found = controls.find((control) => isWithin(control) && control.dataset["missing"] !== undefined) ?? controls.find(isWithin);
  for (let fold = found?.closest("details"); fold !== null && fold !== undefined; fold = fold.parentElement?.closest("details")) fold.open = true;
  found?.focus();
}

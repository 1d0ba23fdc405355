import type { JSX } from "preact";
import { type Edge, type Node, removeEdge, routesOf, setRework } from "../../model/index.ts";
import { mayEdit, type Session } from "../../session.ts";
import { say } from "../../words/index.ts";
import { Controls } from "../controls.tsx";
import { Frame, told } from "../controls/frame.tsx";
import { Reference } from "../controls/reference.tsx";
import { nodeTitle } from "../references.ts";
import { FoundHere } from "./found.tsx";
import { Heading, Tool } from "./heading.tsx";
import { Routes } from "./routes.tsx";

interface RoutePanelProps {
  readonly session: Session;
  readonly from: string;
  readonly node: Node;
  readonly index: number;
  readonly route: Edge;
}

/** One way from a node to another: when it is taken, what it is called, and what becomes of it when it goes back. */
export function RoutePanel({ session, from, node, index, route }: RoutePanelProps): JSX.Element {
  const pointer = `/nodes/${from}/next/${index}`;
  const isElse = route.when === undefined && node.kind !== "parallel" && index === routesOf(node).length - 1;
  const back = (): void => { session.editor.selection.value = { kind: "nodes", nodes: [from] }; };
  const remove = (): void => { session.editor.edit((draft) => removeEdge(draft, from, index)); back(); };
  return (
    <div class="panels-panel" data-testid={`panel-route-${from}-${index}`}>
      <Heading icon={route.rework === true ? "rework" : "right"} kind={say(route.rework === true ? "panels.rework_route" : "panels.route")}>
        {mayEdit(session) ? <Tool icon="trash" label={say("panels.delete")} testid="panel-delete" onClick={remove} /> : null}
      </Heading>
      <FoundHere session={session} pointer={pointer} />
      <div class="panels-controls">
        <Frame id="panel-from" label={say("panels.route_from")} beside group><button type="button" class="panels-link panels-from" onClick={back}>{nodeTitle(node, from)}</button></Frame>
        <Reference session={session} pointer={`${pointer}/to`} required />
      </div>
      {isElse ? <p class="panels-tip">{say(index === 0 ? "panels.only_route" : "panels.else_teaches")}</p> : <Controls session={session} pointer={pointer} only={["when"]} />}
      <Controls session={session} pointer={pointer} only={["label"]} />
      {node.kind === "parallel" ? null : <Rework session={session} from={from} index={index} route={route} />}
      <Routes session={session} node={from} />
    </div>
  );
}

function Rework({ session, from, index, route }: Omit<RoutePanelProps, "node">): JSX.Element {
  const isOn = route.rework === true;
  const frame = { id: "panel-rework", label: say("panels.rework"), hint: say("panels.rework_teaches"), beside: true, readonly: !mayEdit(session) };
  return (
    <div class="panels-group">
      <Frame {...frame}>
        <input type="checkbox" role="switch" class="panels-switch" id="panel-rework" data-testid="panel-rework" checked={isOn} disabled={frame.readonly} data-pointer={`/nodes/${from}/next/${index}/rework`} {...told(frame)}
          onChange={() => { session.editor.edit((draft) => setRework(draft, from, index, isOn ? null : {})); }} />
      </Frame>
      {isOn ? <Controls session={session} pointer={`/nodes/${from}/next/${index}`} only={["reason_field", "limit", "exit"]} /> : null}
    </div>
  );
}

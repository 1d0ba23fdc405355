// @xyflow/react, rendering only what is visible.
import { Background, Controls, Handle, MiniMap, Position, ReactFlow, useEdgesState, useNodesState } from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { createElement as h, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { flow, place, usable } from "./sent.js";

const card = { width: 240, height: 92, boxSizing: "border-box", padding: 12, border: "1px solid #d3dbd7", borderRadius: 14, background: "#fff" };

function Card({ data }) {
  return h("div", { style: card }, h(Handle, { type: "target", position: Position.Top }), h("b", null, data.title), h("p", null, "Engineer"), h(Handle, { type: "source", position: Position.Bottom }));
}

const nodeTypes = { card: Card };

function App() {
  const [nodes, , onNodesChange] = useNodesState(flow.nodes.map(({ id, title, x, y }) => ({ id, type: "card", position: { x, y }, data: { title }, width: 240, height: 92 })));
  const [edges, , onEdgesChange] = useEdgesState(flow.edges.map(([source, target], index) => ({ id: `e${index}`, source, target, type: "smoothstep" })));
  useEffect(() => { usable(".react-flow__node"); }, []);
  return h(ReactFlow, { nodes, edges, nodeTypes, onNodesChange, onEdgesChange, onlyRenderVisibleElements: true, minZoom: 0.1, defaultViewport: { x: 40, y: 40, zoom: 1 } }, h(Background), h(Controls), h(MiniMap));
}

createRoot(place()).render(h(App));

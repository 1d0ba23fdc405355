// bpmn-js, the whole modeler as Camunda Modeler uses it.
import Modeler from "bpmn-js/lib/Modeler";
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css";
import { flow, place, usable } from "./sent.js";

const spot = new Map(flow.nodes.map((node) => [node.id, node]));
const W = 240;
const H = 92;
const tasks = flow.nodes.map(({ id, title }) => `<bpmn:task id="${id}" name="${title}" />`).join("");
const flows = flow.edges.map(([from, to], index) => `<bpmn:sequenceFlow id="f${index}" sourceRef="${from}" targetRef="${to}" />`).join("");
const shapes = flow.nodes.map(({ id, x, y }) => `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"><dc:Bounds x="${x}" y="${y}" width="${W}" height="${H}" /></bpmndi:BPMNShape>`).join("");
const edges = flow.edges.map(([from, to], index) => {
  const [a, b] = [spot.get(from), spot.get(to)];
  return `<bpmndi:BPMNEdge id="f${index}_di" bpmnElement="f${index}"><di:waypoint x="${a.x + W / 2}" y="${a.y + H}" /><di:waypoint x="${b.x + W / 2}" y="${b.y}" /></bpmndi:BPMNEdge>`;
}).join("");
const xml = `<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="d" targetNamespace="b"><bpmn:process id="p">${tasks}${flows}</bpmn:process><bpmndi:BPMNDiagram id="g"><bpmndi:BPMNPlane id="l" bpmnElement="p">${shapes}${edges}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>`;
const modeler = new Modeler({ container: place() });
await modeler.importXML(xml);
modeler.get("canvas").viewbox({ x: -40, y: -40, width: 1240, height: 860 });
modeler.get("canvas").zoom(1, { x: 0, y: 0 });
usable("g.djs-element.djs-shape");

/* global document */
// The engineer's app's own step: its fields, its form, its words, its looks.
import { equip, initialState } from "@mendloop/engine";
import { FieldHostProvider } from "@mendloop/fields";
import { signal } from "@preact/signals";
import { h, render } from "preact";
import { fieldHost } from "../../../platform/runner/src/order/field_host.ts";
import { StepForm } from "../../../platform/runner/src/order/step_form.ts";
import { VisitHistory } from "../../../platform/runner/src/order/visit_history.ts";
import { FormFields } from "../../../platform/runner/src/screens/step_fields.tsx";
import "../../../platform/runner/src/style/index.ts";
import { speak } from "../../../platform/runner/src/words/index.ts";
import { form as sent, place } from "./sent.js";

const { definition, answers } = sent();
await speak("en");
const plan = await equip(definition);
const state = initialState();
const node = plan.nodes[plan.start];
const form = new StepForm(node, { plan, state, history: new VisitHistory([]) }, answers, {}, () => new Date().toISOString());
// Without a network and without the phone's database: what is typed goes into the form, as the app's recorder does at once.
const recorder = {
  form,
  change: (field, answer) => { form.change(field, answer); },
  settle: (field) => { form.touch(field); },
  giveReason: (field, reason) => { form.giveReason(field, reason); },
};
const runner = { session: { person_id: "ada", name: "Ada" } };
const order = { plan, record: signal({ order: { facts: {}, people: {}, visits: [], state } }) };
globalThis.control = (field) => document.getElementById(`f-f${field}`);
render(
  h(FieldHostProvider, { value: fieldHost(runner, order, `${node.id}#1`, node.id) }, h("main", { class: "page step" }, h(FormFields, { recorder, working: true }))),
  place(),
);

/* global document */
import { createForm } from "@bpmn-io/form-js-viewer";
import "@bpmn-io/form-js-viewer/dist/assets/form-js.css";
import { form, place } from "./sent.js";

const { definition, answers } = form();
// Its ids start with a number made up for each form.
let prefix = null;
globalThis.control = (field) => {
  prefix ??= document.querySelector("input[id$='-f0']")?.id.slice(0, -"f0".length) ?? null;
  return prefix === null ? null : document.getElementById(`${prefix}f${field}`);
};
await createForm({ container: place(), schema: definition, data: answers });

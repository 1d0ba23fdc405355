/* global document */
import { JsonForms } from "@jsonforms/react";
import { vanillaCells, vanillaRenderers } from "@jsonforms/vanilla-renderers";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { form, place } from "./sent.js";

const { definition, answers } = form();
globalThis.control = (field) => document.getElementById(`#/properties/f${field}-input`);
createRoot(place()).render(createElement(JsonForms, { ...definition, data: answers, renderers: vanillaRenderers, cells: vanillaCells }));

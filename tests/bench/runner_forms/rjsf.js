/* global document */
import Form from "@rjsf/core";
import validator from "@rjsf/validator-ajv8";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { form, place } from "./sent.js";

const { definition, answers } = form();
globalThis.control = (field) => document.getElementById(`root_f${field}`);
createRoot(place()).render(createElement(Form, { ...definition, formData: answers, validator }));

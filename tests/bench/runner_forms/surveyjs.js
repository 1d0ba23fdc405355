/* global document */
import { Model } from "survey-core";
import "survey-core/survey-core.fontless.min.css";
import { renderSurvey } from "survey-js-ui";
import { form, place } from "./sent.js";

const { definition, answers } = form();
const survey = new Model(definition);
survey.data = answers;
globalThis.control = (field) => document.getElementById(survey.getQuestionByName(`f${field}`).inputId);
renderSurvey(survey, place());

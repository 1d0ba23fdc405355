/** Fetched together: solved cases, ranked and shown on the phone. */
import { addIcons } from "@mendloop/fields/icon.tsx";
import { EVIDENCE } from "@mendloop/fields/icons/evidence.ts";
import { KNOWLEDGE } from "@mendloop/fields/icons/knowledge.ts";
import { wear } from "@mendloop/fields/wear.ts";
import looks from "../style/knowledge.css?inline";

export { CasesBelow } from "./cases_below.tsx";
export { CasesNote } from "./cases_note.tsx";
export { caseDeskOf } from "./desk.ts";

addIcons({ ...KNOWLEDGE, search: EVIDENCE.search });
wear(looks);

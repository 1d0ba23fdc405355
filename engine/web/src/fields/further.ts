import { Checklist } from "./checklist.ts";
import { Day, Moment } from "./dates.ts";
import { MultiChoice } from "./multi_choice.ts";
import { Parts } from "./parts.ts";
import { Photo } from "./photo.ts";
import { Reading } from "./reading.ts";
import { SafetyGate } from "./safety_gate.ts";
import { Scan } from "./scan.ts";
import { Signature } from "./signature.ts";
import { Table } from "./table.ts";

export { learnKeywords } from "../keywords.ts";

/** Built-in types whose shapes demand more, or that not nearly every plan has. With them come all keywords of shapes, for plugins' types too. */
export default [MultiChoice, Day, Moment, Photo, Checklist, Reading, SafetyGate, Scan, Parts, Signature, Table];

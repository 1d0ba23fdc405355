import { BooleanField } from "./boolean.ts";
import { Checklist } from "./checklist.ts";
import { Choice } from "./choice.ts";
import { Day, Moment } from "./dates.ts";
import { Instruction } from "./instruction.ts";
import { MultiChoice } from "./multi_choice.ts";
import { Integer, NumberField } from "./numbers.ts";
import { Parts } from "./parts.ts";
import { Photo } from "./photo.ts";
import { Reading } from "./reading.ts";
import { FieldTypes } from "./registry.ts";
import { SafetyGate } from "./safety_gate.ts";
import { Scan } from "./scan.ts";
import { Signature } from "./signature.ts";
import { Table } from "./table.ts";
import { LongText, Text } from "./text.ts";

/** A registry with the built-in types, to which others can be added. */
export function builtInTypes(): FieldTypes {
  return new FieldTypes([
    new Instruction(),
    new Text(),
    new LongText(),
    new Integer(),
    new NumberField(),
    new BooleanField(),
    new Choice(),
    new MultiChoice(),
    new Day(),
    new Moment(),
    new Photo(),
    new Checklist(),
    new Reading(),
    new SafetyGate(),
    new Scan(),
    new Parts(),
    new Signature(),
    new Table(),
  ]);
}

/** The registry that is used where no other is named. */
export const BUILT_IN = /* #__PURE__ */ builtInTypes();

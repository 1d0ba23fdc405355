import type { ComponentType, JSX } from "preact";
import { Choice } from "./controls/choice.tsx";
import { ConditionSlot, Expression, Literal } from "./controls/expression.tsx";
import { Globs } from "./controls/globs.tsx";
import { List } from "./controls/list.tsx";
import { Name } from "./controls/name.tsx";
import { Nested } from "./controls/nested.tsx";
import { NumberControl } from "./controls/number.tsx";
import { PartNumber } from "./controls/part_number.tsx";
import { Position } from "./controls/position.tsx";
import { Range } from "./controls/range.tsx";
import { Reference, References } from "./controls/reference.tsx";
import { Text } from "./controls/text.tsx";
import { Toggle } from "./controls/toggle.tsx";
import { WordsControl } from "./controls/words.tsx";
import { type Kind, kindOf } from "./schema/kind.ts";
import { type ControlProps, rootSchema, useSchema } from "./use.ts";

const CONTROLS: Readonly<Record<Kind, ComponentType<ControlProps> | null>> = {
  fixed: null, map: null,
  words: WordsControl, condition: ConditionSlot, expression: Expression, literal: Literal, choice: Choice, toggle: Toggle, number: NumberControl, range: Range, text: Text,
  reference: Reference, references: References, globs: Globs, part: PartNumber, position: Position, name: Name, list: List, object: Nested,
};

/** The control for whatever the schema says of the pointer. */
export function Control(props: ControlProps): JSX.Element | null {
  const schema = useSchema(props.session, props.pointer, props.schema);
  const Chosen = CONTROLS[kindOf(rootSchema(props.session), schema)];
  return Chosen === null ? null : <Chosen {...props} schema={schema} />;
}

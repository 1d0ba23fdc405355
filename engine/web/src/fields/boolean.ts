import type { JsonObject } from "../json_values.ts";
import { FieldType } from "./type.ts";

/** true or false; false is an answer too. */
export class BooleanField extends FieldType {
  readonly name = "boolean";

  answerSchema(): JsonObject {
    return { type: "boolean" };
  }
}

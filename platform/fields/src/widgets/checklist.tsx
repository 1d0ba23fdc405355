import type { JsonObject, Words } from "@mendloop/engine";
import type { JSX } from "preact";
import { type FieldProps, setting, useHost } from "../host.ts";
import type { IconName } from "../icon.tsx";
import { Demands, type Demanded } from "./checklist_demands.tsx";
import { Option } from "./options.tsx";

interface Item {
  readonly id: string;
  readonly label: Words;
  readonly allow_na?: boolean;
  readonly not_ok?: Demanded;
}

type Result = "ok" | "not_ok" | "na";
const SIGNS: Readonly<Record<Result, IconName>> = { ok: "check", not_ok: "cross", na: "dash" };

/** Items to tick, one tap each. Not ok opens what the item then demands. */
export function ChecklistWidget(props: FieldProps): JSX.Element {
  const { field, answer, change } = props;
  const ticked = (typeof answer === "object" && answer !== null ? answer : {}) as JsonObject;
  const set = (item: string, value: JsonObject): void => { change({ ...ticked, [item]: value }); };
  return (
    <div>
      {(setting<Item[]>(field.settings, "items") ?? []).map((item) => (
        <CheckItem key={item.id} {...props} item={item} value={(ticked[item.id] ?? {}) as JsonObject} set={(value) => { set(item.id, value); }} />
      ))}
    </div>
  );
}

interface CheckItemProps extends FieldProps {
  readonly item: Item;
  readonly value: JsonObject;
  set: (value: JsonObject) => void;
}

function CheckItem(props: CheckItemProps): JSX.Element {
  const host = useHost();
  const { field, id, item, value, readonly, set, settle } = props;
  const name = `${id}-${item.id}`;
  const results: readonly Result[] = item.allow_na === false ? ["ok", "not_ok"] : ["ok", "not_ok", "na"];
  const pick = (result: Result): void => { set(result === "not_ok" ? { ...value, result } : { result }); settle(); };
  return (
    <div class="check-item" role="radiogroup" aria-labelledby={`${name}-name`} data-testid={`item-${item.id}`}>
      <span class="name" id={`${name}-name`}>{host.read(item.label)}</span>
      <div class="triple">
        {results.map((result) => (
          <Option key={result} name={name} label={host.say(`checklist.${result}`)} icon={SIGNS[result]} look={`is-${result}`} disabled={readonly}
            checked={value["result"] === result} testid={`${field.id}-${item.id}-${result}`} pick={() => { pick(result); }} />
        ))}
      </div>
      {value["result"] === "not_ok" ? <Demands {...props} name={name} demanded={item.not_ok ?? {}} /> : null}
    </div>
  );
}

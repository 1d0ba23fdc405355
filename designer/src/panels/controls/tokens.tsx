import type { JSX } from "preact";
import { Icon } from "../../shell/icon.tsx";
import { say } from "../../words/index.ts";
import type { Option } from "../references.ts";
import { stayInList } from "../stay.ts";
import { Combobox } from "./combobox.tsx";

export interface TokensProps {
  readonly id: string;
  readonly label: string;
  readonly options: readonly Option[];
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  readonly isFree?: boolean;
  readonly readonly?: boolean;
  readonly placeholder?: string;
  readonly autofocus?: boolean | undefined;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** Several of a list, each as a small tag that can be taken away. */
export function Tokens(props: TokensProps): JSX.Element {
  const { values, options, onChange } = props;
  const free = options.filter(({ value }) => !values.includes(value));
  const add = ({ value }: Option): void => { if (!values.includes(value)) onChange([...values, value]); };
  const optionOf = (value: string): Option | undefined => options.find((option) => option.value === value);
  const nameOf = (value: string): string => optionOf(value)?.label ?? value;
  return (
    <div class="panels-tokens">
      {values.length === 0 ? null : (
        <ul>
          {values.map((value) => (
            <li key={value} class="panels-token">
              <span title={optionOf(value)?.note ?? nameOf(value)}>{nameOf(value)}</span>
              {props.readonly === true ? null : <button type="button" aria-label={say("panels.remove_it", { what: nameOf(value) })} onClick={(event) => { stayInList(event); onChange(values.filter((other) => other !== value)); }}><Icon name="close" /></button>}
            </li>
          ))}
        </ul>
      )}
      {props.readonly === true ? null : (
        <Combobox id={props.id} options={free} value="" onChoose={add} isFree={props.isFree ?? false} placeholder={props.placeholder ?? say("panels.add")} autofocus={props.autofocus}
          onBackspace={() => { onChange(values.slice(0, -1)); }} attributes={props.attributes ?? {}} />
      )}
    </div>
  );
}

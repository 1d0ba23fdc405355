import type { Json, JsonObject, Words } from "@mendloop/engine";
import type { JSX } from "preact";
import { type FieldProps, useHost } from "../host.ts";
import { LoosePhotos } from "../pieces.ts";
import { NumberInput } from "./number_input.tsx";

/** What an item wants once it is not ok. */
export interface Demanded {
  readonly note?: boolean;
  readonly photo?: number;
  readonly reading?: { readonly unit?: Words | string } | null;
}

export interface DemandsProps extends FieldProps {
  readonly name: string;
  readonly demanded: Demanded;
  readonly value: JsonObject;
  set: (value: JsonObject) => void;
}

/** Note, photos and reading of an item that is not ok. The note is always there to be written. */
export function Demands(props: DemandsProps): JSX.Element {
  const { demanded, value, set, settle, readonly, name } = props;
  const put = (key: string, next: Json): void => {
    set(Object.fromEntries(Object.entries({ ...value, [key]: next }).filter(([, each]) => each !== null && each !== "")));
  };
  const wanted = demanded.photo ?? 0;
  return (
    <div class="demands">
      <Note {...props} put={put} />
      {demanded.reading ? <Measured {...props} unit={demanded.reading.unit} put={put} /> : null}
      {wanted > 0 || value["photos"] !== undefined ? (
        <LoosePhotos id={`${name}-photos`} min={wanted} readonly={readonly} photos={(value["photos"] ?? []) as readonly string[]}
          change={(photos) => { put("photos", photos.length === 0 ? null : photos); settle(); }} />
      ) : null}
    </div>
  );
}

interface PutProps extends DemandsProps {
  put: (key: string, value: Json) => void;
}

function Note({ name, demanded, value, readonly, put, settle }: PutProps): JSX.Element {
  const host = useHost();
  const note = typeof value["note"] === "string" ? value["note"] : "";
  return (
    <div class="stack">
      <label class="field-label" for={`${name}-note`}>{host.say(demanded.note ? "checklist.note_wanted" : "checklist.note")}</label>
      <textarea class="input" id={`${name}-note`} data-testid="item-note" readOnly={readonly} value={note}
        onInput={(event) => { put("note", event.currentTarget.value); }} onBlur={settle} />
    </div>
  );
}

function Measured(props: PutProps & { readonly unit: Words | string | undefined }): JSX.Element {
  const host = useHost();
  const { name, value, put } = props;
  return (
    <div class="stack">
      <label class="field-label" for={`${name}-reading`}>{host.say("checklist.reading")}</label>
      <NumberInput {...props} id={`${name}-reading`} answer={value["reading"]} decimals signed={false} change={(next) => { put("reading", next); }} />
    </div>
  );
}

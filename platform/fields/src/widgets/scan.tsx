import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { ScanSheet } from "../camera/scan_sheet.tsx";
import { type FieldProps, setting, useHost } from "../host.ts";
import { Icon } from "../icon.tsx";

interface Scanned {
  readonly code: string;
  readonly format: string;
  readonly typed: boolean;
}

const LONGEST = 200;

type Expected = "asset" | { readonly part: string } | undefined;

/** Codes by camera, or typed where a label cannot be read. One that was not expected says so, with the one that was. */
export function ScanWidget({ field, id, answer, readonly, change, settle }: FieldProps): JSX.Element {
  const host = useHost();
  const open = useSignal(false);
  const codes = (Array.isArray(answer) ? answer : []) as readonly Scanned[];
  const several = setting<boolean>(field.settings, "multiple") === true;
  const expected = expectedCode(setting<Expected>(field.settings, "expect"), host.order.value.asset);
  const put = (next: readonly Scanned[]): void => { change(next.length === 0 ? null : (next as never)); settle(); };
  const add = (scanned: Scanned): void => {
    if (scanned.code.trim() === "" || codes.some(({ code }) => code === scanned.code)) return;
    put(several ? [...codes, scanned] : [scanned]);
    if (!several) open.value = false;
  };
  return (
    <>
      {expected === null ? null : <p class="field-help">{host.say("scan.expects", { code: expected })}</p>}
      <ul class="points">
        {codes.map((scanned) => (
          <li key={scanned.code} class="point" data-testid="code">
            <div class="row">
              <span class="point-name grow">{scanned.code}</span>
              {readonly ? null : <button type="button" class="button icon plain" aria-label={host.say("remove_of", { name: scanned.code })} onClick={() => { put(codes.filter((each) => each !== scanned)); }}><Icon name="trash" /></button>}
            </div>
            {expected !== null && scanned.code !== expected ? <div class="note danger" role="alert"><Icon name="warning" /><div><p>{host.say("scan.wrong", { code: expected })}</p></div></div> : null}
          </li>
        ))}
      </ul>
      {readonly ? null : (
        <>
          <button type="button" class="button wide primary" data-testid={`scan-${field.id}`} onClick={() => { open.value = true; }}><Icon name="scan" />{host.say("scan.open")}</button>
          <TypedCode id={id} add={(code) => { add({ code, format: "typed", typed: true }); }} />
        </>
      )}
      {open.value ? (
        <ScanSheet label={host.read(field.label)} said={codes.length === 0 ? "" : host.say("scan.read", { code: codes.at(-1)?.code ?? "" })}
          found={({ code, format }) => { add({ code, format, typed: false }); }} close={() => { open.value = false; }} />
      ) : null}
    </>
  );
}

function expectedCode(expected: Expected, asset: string): string | null {
  if (expected === undefined) return null;
  const code = expected === "asset" ? asset : expected.part;
  return code === "" ? null : code;
}

/** A typed code, taken when it is added and also when the field is left: nobody has to tap "Add". */
function TypedCode({ id, add }: { readonly id: string; add: (code: string) => void }): JSX.Element {
  const host = useHost();
  const typed = useSignal("");
  const enter = (): void => { if (typed.value.trim() !== "") { add(typed.value.trim()); typed.value = ""; } };
  return (
    <form class="with-unit" onSubmit={(event) => { event.preventDefault(); enter(); }}>
      <label class="sr-only" for={`${id}-typed`}>{host.say("scan.type")}</label>
      <input class="input grow" id={`${id}-typed`} data-testid="typed-code" autocomplete="off" autocapitalize="characters" placeholder={host.say("scan.type")} value={typed.value}
        maxLength={LONGEST} onInput={(event) => { typed.value = event.currentTarget.value; }} onBlur={enter} />
      <button type="submit" class="button" data-testid="add-typed">{host.say("add")}</button>
    </form>
  );
}

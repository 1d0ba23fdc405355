import { useSignal } from "@preact/signals";
import type { Json } from "@mendloop/engine";
import type { JSX } from "preact";
import { Frame, PartNumber, Segments, setAt, Toggle, useControl } from "../../panels/index.ts";
import { mayEdit } from "../../session.ts";
import { say } from "../../words/index.ts";
import type { EditorProps, Of } from "./props.ts";

type Way = "any" | "asset" | "part";

/** What the code must be: anything, the order's asset, or a certain part. */
export function ScanEditor({ session, pointer, field }: EditorProps): JSX.Element {
  const { expect } = field as Of<"scan">;
  const isChoosing = useSignal(false);
  const control = useControl<Json>({ session, pointer: `${pointer}/expect` });
  const way: Way = expect === undefined ? (isChoosing.value ? "part" : "any") : typeof expect === "string" ? "asset" : "part";
  const choose = (chosen: Way): void => {
    isChoosing.value = chosen === "part";
    if (chosen !== "part") setAt(session, `${pointer}/expect`, chosen === "asset" ? "asset" : undefined, control.label);
    else if (typeof expect === "string") setAt(session, `${pointer}/expect`, undefined, control.label);
  };
  return (
    <>
      <Frame {...control} group>
        <Segments<Way> name={control.id} value={way} isDisabled={!mayEdit(session)} onChange={choose}
          options={[{ value: "any", word: say("fields.scan_any") }, { value: "asset", word: say("fields.scan_asset") }, { value: "part", word: say("fields.scan_part") }]} />
      </Frame>
      {way === "part" ? <PartNumber session={session} pointer={`${pointer}/expect/part`} label={say("fields.part")} /> : null}
      <Toggle session={session} pointer={`${pointer}/multiple`} />
    </>
  );
}

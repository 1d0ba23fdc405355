import type { JSX } from "preact";
import { List, Name, NumberControl, type RowProps, Toggle, WordsControl } from "../../panels/index.ts";
import { Pair } from "./pair.tsx";
import type { EditorProps, Of } from "./props.ts";

type Shot = Of<"photo">["shots"][number];

/** The list of shots: what is taken, how often, and which other shot it is compared with. */
export function PhotoEditor(props: EditorProps): JSX.Element {
  const { session, pointer, node, field } = props;
  const row = (each: RowProps): JSX.Element => <ShotRow {...each} place={{ node, field: field.id, shot: (each.row as unknown as Shot).id }} />;
  return (
    <>
      <List session={session} pointer={`${pointer}/shots`} stem="shot" show={row} fold={({ pointer: at }) => <Name session={session} pointer={`${at}/id`} />} />
      <Toggle session={session} pointer={`${pointer}/camera_only`} />
    </>
  );
}

interface ShotRowProps extends RowProps { readonly place: { readonly node: string; readonly field: string; readonly shot: string } }

function ShotRow({ session, pointer, place }: ShotRowProps): JSX.Element {
  return (
    <>
      <WordsControl session={session} pointer={`${pointer}/label`} bare />
      <div class="fields-shot">
        <NumberControl session={session} pointer={`${pointer}/min`} />
        <NumberControl session={session} pointer={`${pointer}/max`} />
      </div>
      <Pair session={session} pointer={`${pointer}/pair`} place={place} />
    </>
  );
}

import type { Json } from "@mendloop/engine";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { freeName } from "../../model/index.ts";
import { changeList, Frame, useControl } from "../../panels/index.ts";
import { mayEdit, type Session } from "../../session.ts";
import { Icon } from "../../shell/icon.tsx";
import { language, say } from "../../words/index.ts";
import type { Of } from "../editors/props.ts";
import { picturesIn, toldByName } from "./fit.ts";
import { PictureRows } from "./picture_rows.tsx";
import { upload, whyNot } from "./upload.ts";

export type Picture = NonNullable<Of<"instruction">["pictures"]>[number];

/** One picture on its way, or why it did not get there. */
interface Sending {
  readonly number: number;
  readonly name: string;
  readonly share: number;
  readonly failure?: string;
  readonly file: File;
}

interface PicturesProps { readonly session: Session; readonly pointer: string; readonly pictures: readonly Picture[] }

const MOST = 12;

/** The pictures of an instruction: dropped, pasted or chosen, made small here, then sent. */
export function Pictures({ session, pointer, pictures }: PicturesProps): JSX.Element | null {
  const control = useControl<Json>({ session, pointer });
  const sending = useSignal<readonly Sending[]>([]);
  const isOver = useSignal(false);
  const chooser = useRef<HTMLInputElement>(null);
  const numbers = useRef(0);
  const update = (number: number, change: Partial<Sending> | null): void => {
    sending.value = sending.value.flatMap((each) => (each.number !== number ? [each] : change === null ? [] : [{ ...each, ...change }]));
  };
  const sendOne = async ({ number, file }: Sending): Promise<void> => {
    try {
      const sha256 = await upload(session, file, (share) => { update(number, { share }); });
      changeList(session, pointer, control.label, (list) => withPicture(list as unknown as readonly Picture[], sha256, file.name));
      update(number, null);
    } catch (failure) {
      update(number, { failure: whyNot(failure) });
    }
  };
  const take = (files: Iterable<File>): boolean => {
    const found = picturesIn(files).slice(0, Math.max(0, MOST - pictures.length - sending.value.length));
    const begun = found.map((file) => ({ number: (numbers.current += 1), name: file.name, share: 0, file }));
    sending.value = [...sending.value, ...begun];
    void begun.reduce(async (before, one) => { await before; await sendOne(one); }, Promise.resolve());
    return found.length > 0;
  };
  const isReadonly = !mayEdit(session);
  if (isReadonly && pictures.length === 0) return null;
  return (
    <Frame {...control} group problem={control.problem?.at === pointer ? control.problem : null}>
      <PictureRows session={session} pointer={pointer} pictures={pictures} />
      {sending.value.map((one) => <OnItsWay key={one.number} sending={one} forget={() => { update(one.number, null); }} again={() => { update(one.number, { failure: "", share: 0 }); void sendOne(one); }} />)}
      {isReadonly || pictures.length >= MOST ? null : (
        <div class="fields-drop" data-over={isOver.value} data-testid="picture-drop" data-pointer={pointer} tabIndex={0} role="group" aria-label={say("fields.pictures_how")}
          onPaste={(event) => { if (take(event.clipboardData?.files ?? [])) event.preventDefault(); }}
          onDragOver={(event) => { if (event.dataTransfer?.types.includes("Files") === true) { event.preventDefault(); isOver.value = true; } }}
          onDragLeave={() => { isOver.value = false; }}
          onDrop={(event) => { event.preventDefault(); isOver.value = false; take(event.dataTransfer?.files ?? []); }}>
          <input type="file" ref={chooser} accept="image/*" multiple hidden data-testid="picture-file" onChange={(event) => { take(event.currentTarget.files ?? []); event.currentTarget.value = ""; }} />
          <button type="button" class="button" onClick={() => { chooser.current?.click(); }}><Icon name="upload" />{say("fields.picture_choose")}</button>
          <span class="hint">{say("fields.pictures_how")}</span>
        </div>
      )}
    </Frame>
  );
}

/** The list with one more; the same picture twice is one. */
function withPicture(list: readonly Picture[], sha256: string, name: string): readonly Picture[] {
  if (list.some((each) => each.sha256 === sha256)) return list;
  const told = toldByName(name);
  const id = freeName("picture", new Set(list.map((each) => each.id)));
  return [...list, { id, sha256, ...(told === "" ? {} : { alt: { [language.peek()]: told } }) }];
}

function OnItsWay({ sending, forget, again }: { readonly sending: Sending; readonly forget: () => void; readonly again: () => void }): JSX.Element {
  const { name, share, failure = "" } = sending;
  return (
    <div class="fields-sending" role={failure === "" ? "status" : "alert"} data-testid="picture-sending">
      <span class="fields-sent-name">{name}</span>
      {failure === "" ? <progress max={1} value={share} aria-label={say("fields.picture_sending", { name })} /> : (
        <>
          <span class="wrong">{failure}</span>
          <button type="button" class="button" onClick={again}>{say("fields.try_again")}</button>
          <button type="button" class="tool" aria-label={say("fields.picture_forget")} title={say("fields.picture_forget")} onClick={forget}><Icon name="close" /></button>
        </>
      )}
    </div>
  );
}

import { useSignal } from "@preact/signals";
import type { Json } from "@mendloop/engine";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { WordsControl } from "../../panels/index.ts";
import type { Session } from "../../session.ts";
import { read, say } from "../../words/index.ts";
import { Rows } from "../editors/rows.tsx";
import type { Picture } from "./pictures.tsx";

interface PictureRowsProps { readonly session: Session; readonly pointer: string; readonly pictures: readonly Picture[] }

/** Each picture with the words under it. */
export function PictureRows({ session, pointer, pictures }: PictureRowsProps): JSX.Element {
  return (
    <Rows<Picture & Json> session={session} pointer={pointer} what={say("fields.pictures")} rows={pictures} keyOf={({ id }) => id} nameOf={({ id, alt }) => read(alt) || id}
      row={(picture, at) => (
        <div class="fields-picture" data-testid={`picture-${picture.id}`}>
          <Thumb picture={picture} />
          <WordsControl session={session} pointer={`${at}/alt`} bare />
        </div>
      )} />
  );
}

function Thumb({ picture: { sha256, alt } }: { readonly picture: Picture }): JSX.Element {
  const isGone = useSignal(false);
  const sheet = useRef<HTMLDialogElement>(null);
  const isLarge = useSignal(false);
  useEffect(() => { if (isLarge.value) sheet.current?.showModal(); }, [isLarge.value]);
  const address = `/api/v1/template-pictures/${sha256}`;
  if (isGone.value) return <span class="fields-thumb gone" title={say("fields.picture_gone_why")}>{say("fields.picture_gone")}</span>;
  return (
    <>
      <button type="button" class="fields-thumb" aria-label={say("fields.picture_enlarge", { name: read(alt) })} onClick={() => { isLarge.value = true; }}><img src={`${address}?size=thumb`} alt="" loading="lazy" onError={() => { isGone.value = true; }} /></button>
      {isLarge.value ? (
        <dialog class="sheet fields-large" ref={sheet} aria-label={read(alt) || say("fields.pictures")} onClose={() => { isLarge.value = false; }} onClick={() => { sheet.current?.close(); }}>
          <img src={address} alt={read(alt)} />
        </dialog>
      ) : null}
    </>
  );
}

import type { JsonObject } from "@mendloop/engine";
import { FieldHostProvider, Icon, type PhotoSource, ReplacePhoto } from "@mendloop/fields";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { useRunner } from "../context.ts";
import { fieldHost } from "../order/field_host.ts";
import type { LiveOrder } from "../order/live_order.ts";
import type { Runner } from "../runner.ts";
import type { OutboxEntry, StoredPhoto } from "../store/database.ts";
import { type Place, placesIn, replacePhoto } from "../store/replacing.ts";
import { read, say } from "../words/index.ts";
import { refusalOf } from "./entries.ts";
import { nodeOfVisit, titleOf } from "./step_head.tsx";

/** Photos that the server did not take, each with its reason and the way to another one in its place. */
export function RefusedPhotos({ entries }: { readonly entries: readonly OutboxEntry[] }): JSX.Element | null {
  const refused = new Map(useRunner().refused.value.map((photo) => [photo.sha256, photo]));
  const places = placesIn(entries, new Set(refused.keys()));
  if (places.length === 0) return null;
  return (
    <section class="stack" data-testid="refused-photos">
      <h2 class="section-title">{say("refused.title")}</h2>
      <p class="quiet">{say("refused.hint")}</p>
      <ul class="cards">
        {places.map((place) => <li key={JSON.stringify(place)} class="card" data-testid="refused-photo"><Refused place={place} photo={refused.get(place.photo)} /></li>)}
      </ul>
    </section>
  );
}

function Refused({ place, photo }: { readonly place: Place; readonly photo: StoredPhoto | undefined }): JSX.Element | null {
  const runner = useRunner();
  const order = useSignal<LiveOrder | null>(runner.opened(place.order) ?? null);
  useEffect(() => { void runner.open(place.order).then((found) => { order.value = found; }); }, [place.order]);
  if (order.value === null || photo === undefined) return null;
  const reason = refusalOf({ code: photo.refused ?? "", at: "", element: "", params: photo.refused_params ?? {} });
  return <Shown order={order.value} place={place} photo={photo} reason={reason} />;
}

interface ShownProps {
  readonly order: LiveOrder;
  readonly place: Place;
  readonly photo: StoredPhoto;
  readonly reason: string;
}

function Shown({ order, place, photo, reason }: ShownProps): JSX.Element {
  const runner = useRunner();
  const host = useMemo(() => fieldHost(runner, order, place.visit, nodeOfVisit(place.visit)), [order, place.visit]);
  const { title, shot, cameraOnly } = namesOf(order, place);
  const isSigned = place.path.at(-1) === "image";
  const replace = (taken: string, source: PhotoSource): void => { void putInstead(runner, place, taken, source); };
  fitNext(runner, photo);
  return (
    <FieldHostProvider value={host}>
      <span class="number">{order.record.value.order.number} · {read(order.record.value.order.product.name)}</span>
      <strong>{shot === "" ? title : say("refused.of_step", { step: title, shot })}</strong>
      <span class="problem-line"><Icon name="warning" />{reason}</span>
      {isSigned ? <p class="quiet">{say("refused.signature")}</p> : null}
      <ReplacePhoto photo={place.photo} label={shot === "" ? title : shot} cameraOnly={cameraOnly} replace={isSigned ? null : replace} />
    </FieldHostProvider>
  );
}

/** What takes its place must be smaller than what was too large, whatever the session said. */
function fitNext(runner: Runner, { refused, refused_params: params, picture }: StoredPhoto): void {
  if (refused !== "body_too_large") return;
  const limit = params?.["limit"];
  runner.keeper.most = Math.min(runner.keeper.most, typeof limit === "number" ? limit : Math.floor(picture.size / 2));
}

async function putInstead(runner: Runner, place: Place, photo: string, source: PhotoSource): Promise<void> {
  if (photo !== place.photo) await replacePhoto(runner.store, place, { photo, source, at: new Date().toISOString() });
  await runner.reread(place.order);
  await runner.sender.sendAgain();
}

interface Names {
  readonly title: string;
  readonly shot: string;
  readonly cameraOnly: boolean;
}

function namesOf(order: LiveOrder, { visit, path: [, id, shot] }: Place): Names {
  const step = order.plan.nodes[nodeOfVisit(visit)];
  const field = step?.kind === "step" ? step.fields.find((each) => each.id === id) : undefined;
  const shots = (field?.settings["shots"] ?? []) as readonly JsonObject[];
  const label = shots.find((each) => each["id"] === shot)?.["label"];
  return {
    title: step === undefined ? "" : titleOf(order, nodeOfVisit(visit)),
    shot: read((label ?? field?.label ?? "") as Parameters<typeof read>[0]),
    cameraOnly: field?.settings["camera_only"] === true,
  };
}

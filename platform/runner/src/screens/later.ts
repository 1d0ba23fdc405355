import { fetchAllWidgets, lazily, LoosePhotos, Nothing, Picture } from "@mendloop/fields";
import type * as knowledgePiece from "../knowledge/piece.ts";
import type * as partsPiece from "../parts/piece.ts";
import { Loading } from "./loading.tsx";
import type * as pieces from "./more.ts";

/** Comes at once: the pieces share it. */
export { Sheet } from "@mendloop/fields/sheet.tsx";

const more = async (): Promise<typeof pieces> => await import("./more.ts");

const knowledge = async (): Promise<typeof knowledgePiece> => await import("../knowledge/piece.ts");

const parts = async (): Promise<typeof partsPiece> => await import("../parts/piece.ts");

export const CasesBelow = lazily(async () => (await knowledge()).CasesBelow, Nothing);
export const CasesNote = lazily(async () => (await knowledge()).CasesNote, Nothing);
export const FindingSheet = lazily(async () => (await Promise.all([more(), LoosePhotos.fetch()]))[0].FindingSheet, Nothing);
export const FlowScreen = lazily(async () => (await more()).FlowScreen, Loading);
export const Menu = lazily(async () => (await more()).Menu, Nothing);
export const Outbox = lazily(async () => (await more()).Outbox, Loading);
export const PartsNote = lazily(async () => (await parts()).PartsNote, Nothing);
export const PartsScreen = lazily(async () => (await Promise.all([parts(), Picture.fetch()]))[0].PartsScreen, Loading);
export const PauseSheet = lazily(async () => (await more()).PauseSheet, Nothing);
export const ReasonSheet = lazily(async () => (await more()).ReasonSheet, Nothing);
export const Refusals = lazily(async () => (await more()).Refusals, Nothing);
export const StepNotes = lazily(async () => (await more()).StepNotes, Nothing);
export const SummaryScreen = lazily(async () => (await Promise.all([more(), Picture.fetch()]))[0].SummaryScreen, Loading);

const PIECES = [CasesBelow, CasesNote, FindingSheet, FlowScreen, Menu, Outbox, PartsNote, PartsScreen, PauseSheet, ReasonSheet, Refusals, StepNotes, SummaryScreen];
const PATIENCE_MS = 1_000;

/** Fetch everything that is not here yet while nobody waits for anything: the phone may be without a network later. */
export function fetchTheRestWhenIdle(): void {
  const fetchAll = (): void => { void Promise.allSettled([...PIECES.map(async (piece) => { await piece.fetch(); }), fetchAllWidgets()]); };
  if ("requestIdleCallback" in globalThis) requestIdleCallback(fetchAll, { timeout: PATIENCE_MS });
  else setTimeout(fetchAll, PATIENCE_MS);
}

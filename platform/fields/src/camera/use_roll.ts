import { batch, type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { useHost } from "../host.ts";
import type { CameraProps, Wanted } from "./camera_sheet.tsx";
import type { Frame } from "./stream.ts";
import { whyNotKept, type WhyNotKept } from "./why_not_kept.ts";

/** How long the flash is seen and the shutter rests: a finger that taps twice takes one picture. */
const FLASH_MS = 350;
const NOBODY: Readonly<Record<string, number>> = {};

/** Pictures that were taken and are being kept, in their order. */
export interface Roll {
  readonly flash: Signal<boolean>;
  readonly failed: Signal<WhyNotKept | null>;
  /** How many are on their way, by shot. */
  readonly pending: Signal<Readonly<Record<string, number>>>;
  /** The newest picture, before it is kept. */
  readonly preview: Signal<string | null>;
  shoot: (frame: Frame) => void;
  keep: (picture: Blob) => void;
}

/** Takes picture after picture without waiting: each is kept for the shot that was aimed at when it was taken. */
export function useRoll(props: CameraProps): Roll {
  const { photos } = useHost();
  const latest = useRef(props);
  latest.current = props;
  const [flash, failed, pending, preview] = [useSignal(false), useSignal<WhyNotKept | null>(null), useSignal(NOBODY), useSignal<string | null>(null)];
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const last = useRef<Promise<void>>(Promise.resolve());
  useEffect(() => () => { clearTimeout(timer.current); }, []);
  const count = (shot: string, by: number): void => { pending.value = { ...pending.peek(), [shot]: (pending.peek()[shot] ?? 0) + by }; };
  const keepFor = async (shot: string, coming: Promise<Blob>): Promise<void> => {
    try {
      latest.current.take(shot, await photos.keep(await coming), "camera");
    } catch (failure) {
      batch(() => { failed.value = whyNotKept(failure); preview.value = null; latest.current.aim(shot); });
    } finally {
      count(shot, -1);
    }
  };
  const roll = (coming: Promise<Blob>): void => {
    const { shot, wanted, aim } = latest.current;
    failed.value = null;
    count(shot, 1);
    coming.catch(() => null); // told when its turn comes
    last.current = last.current.then(async () => { await keepFor(shot, coming); });
    aim(nextShot(wanted, shot, pending.peek()));
  };
  const shoot = (frame: Frame): void => {
    flash.value = true;
    preview.value = frame.preview;
    timer.current = setTimeout(() => { flash.value = false; }, FLASH_MS);
    roll(frame.picture);
  };
  return { flash, failed, pending, preview, shoot, keep: (picture) => { roll(Promise.resolve(picture)); } };
}

/** The shot to aim at after one of `shot`: the same until it has enough, then the next that lacks something. */
export function nextShot(wanted: readonly Wanted[], shot: string, pending: Readonly<Record<string, number>>): string {
  const lacks = ({ id, min, taken }: Wanted): boolean => taken.length + (pending[id] ?? 0) < min;
  const place = wanted.findIndex(({ id }) => id === shot);
  return [...wanted.slice(place), ...wanted.slice(0, place)].find(lacks)?.id ?? shot;
}

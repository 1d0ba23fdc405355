import type { decide } from "@mendloop/engine";
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";

type Decide = typeof decide;

const arrived: Signal<Decide | null> = signal<Decide | null>(null);
let coming: Promise<Decide> | null = null;

/** The engine's `decide`, null while it is on its way: showing a step needs none, so it is no part of what the first screen waits for. */
export const deciding: ReadonlySignal<Decide | null> = arrived;

/** The engine's `decide`, fetched once. Rejects when it cannot be had; asking again tries again. */
export async function fetchDecide(): Promise<Decide> {
  coming ??= import("@mendloop/engine/decide").then((piece) => (arrived.value = piece.decide));
  try {
    return await coming;
  } catch (failure) {
    coming = null;
    throw failure;
  }
}

import type { Words } from "@mendloop/engine";

/** On which versions orders are open, and what publishing means for them. */
export interface Running {
  readonly open_orders: number;
  readonly message: Words;
  readonly versions: readonly { readonly number: number; readonly open_orders: number }[];
}

export interface Version {
  readonly version_id: string;
  readonly number: number;
  readonly title: Words;
  readonly note: string;
  readonly published_at: string;
  readonly published_by_name: string;
  readonly steps: number;
  readonly standard_minutes: number;
}

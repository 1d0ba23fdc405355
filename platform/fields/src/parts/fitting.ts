import type { OrderFacts } from "@mendloop/engine";
import type { FieldHost } from "../host.ts";
import { fits } from "./glob.ts";

/** True where `globs` name one of `found`; naming nothing they are content with anything. */
export function meant(globs: readonly string[] | undefined, found: readonly string[]): boolean {
  return globs === undefined || globs.length === 0 || globs.some((glob) => found.some((each) => fits(glob, each)));
}

/** True where a part made for `products` may go into what this order is about. */
export function fitsProduct(products: readonly string[] | undefined, order: Pick<OrderFacts, "product">): boolean {
  return meant(products, [order.product]);
}

/** A unit in words; one that is written the same everywhere (kg, L) as it is. */
export function unitName(host: Pick<FieldHost, "say">, unit: string | null | undefined): string {
  if (unit === "pcs") return host.say("unit.pcs");
  return unit === "set" ? host.say("unit.set") : (unit ?? "");
}

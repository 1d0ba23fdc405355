import type { Words } from "@mendloop/engine";
import type { Client } from "../api/client.ts";
import { at, pathOf, type Template } from "../model/index.ts";
import { forgive } from "./suggestions.ts";

/** A position of a bill of materials; `address` is the way to it by keys. */
export interface Position {
  readonly address: string;
  readonly label: Words;
  readonly part: string | null;
}

interface Answer { readonly positions: readonly Position[]; readonly lacking: readonly Words[] }

const NOTHING: Answer = { positions: [], lacking: [] };

/** Patterns of the products whose positions are meant at `pointer`: the part's own, else those of the template. None: all. */
export function productsAt(template: Template, pointer: string): readonly string[] {
  const own = at(template, pathOf(template, `${pointer.slice(0, pointer.lastIndexOf("/"))}/products`)) as readonly string[] | undefined;
  return own !== undefined && own.length > 0 ? own : (template.applies_to ?? []).map(({ product }) => product).filter((product) => product !== "");
}

/** Positions of these products that `text` finds. None without the server. */
export async function positionsLike(client: Client, products: readonly string[], text: string): Promise<readonly Position[]> {
  return (await asked(client, products, "text", text)).positions;
}

/** The products that have a bill of materials, but no such position in it, or several. */
export async function lackingIn(client: Client, products: readonly string[], position: string): Promise<readonly Words[]> {
  return position === "" ? [] : (await asked(client, products, "position", position)).lacking;
}

async function asked(client: Client, products: readonly string[], name: string, value: string): Promise<Answer> {
  try {
    return await client.get<Answer>(`/bom-positions?${new URLSearchParams({ products: products.join(","), [name]: value }).toString()}`);
  } catch (failure) {
    forgive(failure);
    return NOTHING;
  }
}

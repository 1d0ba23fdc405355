import type { JSX } from "preact";
import { globMatches } from "@mendloop/engine/globs";
import type { Client } from "../api/client.ts";
import type { Template } from "../model/index.ts";
import { fetchWorkRoles, rolesOfNobody, type WorkRole } from "../panels/work_roles.ts";
import { read, say } from "../words/index.ts";

/** What a template is held against: the company that will work by it. */
export interface Company { readonly roles: readonly WorkRole[]; readonly products: readonly string[] }

interface Notice { readonly id: string; readonly pointer: string; readonly text: string }

export async function companyOf(client: Client): Promise<Company> {
  const [roles, { products }] = await Promise.all([fetchWorkRoles(client), client.get<{ readonly products: readonly { readonly key: string }[] }>("/products")]);
  return { roles, products: products.map(({ key }) => key) };
}

/** What is sound in itself but has nobody or nothing here that it could be for. */
export function Unmatched({ company, template, onReveal }: { readonly company: Company; readonly template: Template; readonly onReveal: (pointer: string) => void }): JSX.Element {
  return (
    <>
      {[...unmatchedProducts(company, template), ...unmatchedRoles(company, template)].map(({ id, pointer, text }) => (
        <p key={id + pointer} class="publishing-wait" data-testid={id}>{text} <button type="button" class="publishing-go" onClick={() => { onReveal(pointer); }}>{say("publishing.go_there")}</button></p>
      ))}
    </>
  );
}

export function unmatchedProducts({ products }: Company, { applies_to: rules = [] }: Template): readonly Notice[] {
  if (rules.length === 0) return [{ id: "applies-to-nothing", pointer: "/applies_to", text: say("publishing.applies_to_nothing") }];
  return rules.flatMap(({ product }, index) => (product === "" || products.some((key) => globMatches(product, key)) ? [] : [
    { id: "no-such-product", pointer: `/applies_to/${index}/product`, text: say("publishing.no_such_product", { product }) },
  ]));
}

export function unmatchedRoles({ roles }: Company, template: Template): readonly Notice[] {
  return rolesOfNobody(template, roles).filter((role) => template.roles[role] !== undefined).map((role) => (
    { id: "role-of-nobody", pointer: `/roles/${role}`, text: say("publishing.role_of_nobody", { role: read(template.roles[role]?.title) || role }) }
  ));
}

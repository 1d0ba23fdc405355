import type { Plan, Rework, Words } from "@mendloop/engine";

/** Why work was sent back, as people read it: what was chosen in a field of the step behind is an option of it, else it was written. */
export function reasonOfRework(plan: Plan, { edge, reason, from }: Rework): Words | string {
  const routes = Object.values(plan.nodes).flatMap((node) => ("next" in node ? node.next : []));
  const asked = routes.find(({ id }) => id === edge)?.reason_field;
  const step = plan.nodes[from.replace(/#\d+$/, "")];
  const field = step?.kind === "step" ? step.fields.find(({ id }) => id === asked) : undefined;
  const options = field?.settings["options"] as readonly { readonly id: string; readonly label: Words | string }[] | undefined;
  return options?.find(({ id }) => id === reason)?.label ?? reason;
}

import type { CheckResult } from "../../session.ts";

/** How many errors and warnings there are of one node or route. */
export interface Count {
  readonly errors: number;
  readonly warnings: number;
}

/** Problems by node id, and by the key of a route (`node index`). A route's problems count for its node too. */
export function problemsByElement(check: CheckResult | null): ReadonlyMap<string, Count> {
  const counts = new Map<string, Count>();
  for (const { at, severity } of check?.problems ?? []) {
    const [, node, route] = /^\/nodes\/([^/]+)(?:\/next\/(\d+))?/.exec(at) ?? [];
    if (node === undefined) continue;
    for (const key of route === undefined ? [node] : [node, `${node} ${route}`]) {
      const { errors, warnings } = counts.get(key) ?? { errors: 0, warnings: 0 };
      counts.set(key, severity === "error" ? { errors: errors + 1, warnings } : { errors, warnings: warnings + 1 });
    }
  }
  return counts;
}

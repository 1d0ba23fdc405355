import type { JSX } from "preact";
import { grouped } from "../grouped.ts";
import type { Found } from "../session.ts";
import { say } from "../words/index.ts";

/** How many errors and warnings there are; nothing where there are none. */
export function Counts({ problems }: { readonly problems: readonly Found[] }): JSX.Element {
  const told = grouped(problems);
  const errors = told.filter(({ severity }) => severity === "error").length;
  const warnings = told.length - errors;
  return (
    <>
      {errors > 0 ? <span class="badge danger" data-testid="error-count">{say("shell.errors", { count: errors })}</span> : null}
      {warnings > 0 ? <span class="badge warn" data-testid="warning-count">{say("shell.warnings", { count: warnings })}</span> : null}
    </>
  );
}

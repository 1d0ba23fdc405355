import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Json } from "@mendloop/engine";
import { type Client, Refused } from "../api/client.ts";
import { Sheet } from "../shell/sheet.tsx";
import { tell } from "../shell/toast.tsx";
import { say, type Word } from "../words/index.ts";

const RIGHTS = ["none", "view", "edit", "publish", "own"] as const;

interface PersonsRight {
  readonly person_id: string;
  readonly name: string;
  readonly right: (typeof RIGHTS)[number];
  readonly by_role: (typeof RIGHTS)[number];
  /** It cannot be changed here. */
  readonly fixed: boolean;
}

export interface RightsProps {
  readonly client: Client;
  readonly templateId: string;
  readonly onClose: () => void;
}

type State = { readonly kind: "waiting" } | { readonly kind: "failed"; readonly why: "shell.not_fetched" | "rights.not_yours" } | { readonly kind: "here"; readonly people: readonly PersonsRight[] };

/** Everybody who works here, and what they may do with one template. A change holds at once. */
export function RightsDialog({ client, templateId, onClose }: RightsProps): JSX.Element {
  const [state, show] = useState<State>({ kind: "waiting" });
  const path = `/templates/${templateId}/rights`;
  useEffect(() => {
    client.get<{ readonly people: readonly PersonsRight[] }>(path).then(({ people }) => { show({ kind: "here", people }); }, (failure: unknown) => { show({ kind: "failed", why: reasonOf(failure) }); });
  }, [path]);
  const give = (person: PersonsRight, right: string): void => {
    const body: Json = { people: { [person.person_id]: right } };
    client.act<{ readonly people: readonly PersonsRight[] }>("PUT", path, body).then(({ people }) => { show({ kind: "here", people }); }, () => { tell(say("rights.not_given")); show({ ...state }); });
  };
  return (
    <Sheet title={say("shell.rights")} onClose={onClose} testid="rights">
      <p class="quiet">{say("rights.about")}</p>
      {state.kind === "waiting" ? <p role="status">{say("shell.fetching")}</p> : null}
      {state.kind === "failed" ? <p role="alert">{say(state.why)}</p> : null}
      {state.kind !== "here" ? null : (
        <ul class="rights-list">
          {state.people.map((person) => (
            <li key={person.person_id}>
              <span>{person.name}</span>
              <select class="select" aria-label={say("rights.of", { name: person.name })} data-testid={`right-${person.name}`} disabled={person.fixed} value={person.right} onChange={({ currentTarget }) => { give(person, currentTarget.value); }}>
                {RIGHTS.map((right) => <option key={right} value={right}>{say(`rights.${right}` as Word)}{right === person.by_role ? ` ${say("rights.by_role")}` : ""}</option>)}
              </select>
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  );
}

function reasonOf(failure: unknown): "shell.not_fetched" | "rights.not_yours" {
  return failure instanceof Refused && failure.status === 403 ? "rights.not_yours" : "shell.not_fetched";
}

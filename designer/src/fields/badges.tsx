import type { JSX } from "preact";
import type { Field } from "../model/index.ts";
import { Icon } from "../shell/icon.tsx";
import type { Found } from "../session.ts";
import { useSentence } from "../panels/index.ts";
import { read, say } from "../words/index.ts";
import type { Room } from "./room.ts";
import { isConditional, requiredOf } from "./types.ts";

/** What must be known of a field without opening it: has it to be filled in, is it always there, is something wrong. */
export function Badges({ room, field, problems }: { readonly room: Room; readonly field: Field; readonly problems: readonly Found[] }): JSX.Element {
  const required = requiredOf(field);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return (
    <span class="fields-badges">
      {field.internal === true ? <span class="badge" title={say("fields.internal_why")}>{say("fields.internal")}</span> : null}
      {isConditional(field) ? <Conditional room={room} condition={String(field.visible)} /> : null}
      {required === "never" ? null : <span class={`fields-must ${required}`} title={say(`fields.required_${required}`)}><span aria-hidden="true">✱</span><span class="unseen">{say(`fields.required_${required}`)}</span></span>}
      {problems.length === 0 ? null : (
        <span class={errors > 0 ? "badge danger" : "badge warn"} title={problems.map(({ message }) => read(message)).join("\n")}>
          <Icon name={errors > 0 ? "error" : "warn"} />{problems.length}<span class="unseen">{say("fields.problems")}</span>
        </span>
      )}
    </span>
  );
}

/** When it is shown, as people say it. */
function Conditional({ room, condition }: { readonly room: Room; readonly condition: string }): JSX.Element {
  const sentence = useSentence();
  const { template } = room.session.editor.draft.peek();
  return <span class="badge" title={say("fields.conditional_why", { when: sentence(template, room.node, condition) })}>{say("fields.conditional")}</span>;
}

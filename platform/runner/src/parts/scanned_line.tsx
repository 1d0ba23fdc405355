import { Icon } from "@mendloop/fields";
import type { JSX } from "preact";
import { refusalOf } from "../screens/entries.ts";
import { useOnce } from "../ui/once.ts";
import { listed, read, say } from "../words/index.ts";
import { PieceChoice } from "./piece_choice.tsx";
import { expectedHere, isUnchecked, type Judged, type Scanned, waysOf } from "./scanned.ts";
import type { NearPiece, OrderPart } from "./types.ts";

export interface LineProps extends Judged {
  readonly parts: readonly OrderPart[];
  readonly name: string;
  /** Put this in its place; null: nothing. */
  put: (next: Scanned | null) => void;
}

export function lineName({ number, name }: Scanned, parts: readonly OrderPart[]): string {
  return read(parts.find((part) => part.number === number)?.name ?? name) || number;
}

/** A line that is taken with the others. */
export function RightLine(props: LineProps): JSX.Element {
  const { line, name, parts } = props;
  return (
    <div class="part" data-testid={`basket-${line.number}`}>
      <div class="row apart wrap"><span class="point-name">{name}</span><span class="quiet code">{codeOf(line)}</span></div>
      {line.extra ? <span class="chip warn"><Icon name="warning" />{say("order_parts.unplanned")}</span> : null}
      {isUnchecked(line, parts) ? <p class="quiet">{say("order_parts.unchecked")}</p> : null}
      <Quantity {...props} />
    </div>
  );
}

interface WrongProps extends LineProps {
  /** Of the same part, and not on the list. */
  readonly near: readonly NearPiece[];
  /** One of it is the piece with this serial number. */
  choose: (serial: string) => void;
  /** Lines of which it has to be said which piece is meant. */
  readonly waits: readonly Scanned[];
  /** What was read is the serial number of one of such a line. */
  nameBy: (waits: Scanned) => void;
  ask: () => Promise<void>;
}

/** A line that is not taken as it is: why, and what can be done about it. */
export function WrongLine(props: WrongProps): JSX.Element {
  const { line, why, name, parts, near, waits, put, choose, nameBy, ask } = props;
  const asking = useOnce(async () => { await ask(); return false; });
  const ways = waysOf(props);
  return (
    <div class="note danger" role="alert" data-testid="wrong-part" data-number={line.number}>
      <Icon name="warning" />
      <div class="stack grow">
        <p>{name === line.number ? null : `${name} `}<span class="code">{codeOf(line)}</span>{ways.serial && line.quantity > 1 ? ` × ${line.quantity}` : null}</p>
        {why.map((each) => <p key={each.code}><strong>{refusalOf(each)}</strong></p>)}
        {why.some(({ code }) => code === "part.unknown") ? <p>{say("order_parts.expected", { expected: listed(expectedHere(parts)) })}</p> : null}
        {isUnchecked(line, parts) ? <p data-testid="unchecked">{say("order_parts.unchecked")}</p> : null}
        {ways.serial ? <PieceChoice number={line.number} near={near} choose={choose} /> : null}
        {ways.quantity ? <Quantity {...props} /> : null}
        <div class="row wrap">
          {(ways.isSerial ? waits : []).map((each) => <button key={each.number} type="button" class="button big grow" data-testid={`serial-for-${each.number}`} onClick={() => { nameBy(each); }}><Icon name="check" />{say("order_parts.serial_of", { part: each.number })}</button>)}
          {ways.extra ? <button type="button" class="button big grow" data-testid="keep-wrong" onClick={() => { put({ ...line, extra: true, refused: [] }); }}><Icon name="plus" />{say("order_parts.take_extra")}</button> : null}
          {ways.ask ? <button type="button" class="button big grow" data-testid="ask-for" disabled={asking.busy.value} onClick={() => { asking.run(); }}><Icon name="flag" />{say("order_parts.ask_for")}</button> : null}
          {ways.again ? <button type="button" class="button big grow" data-testid="take-again" onClick={() => { put({ ...line, refused: [] }); }}><Icon name="again" />{say("app.retry")}</button> : null}
          <button type="button" class="button big grow" data-testid={`remove-${line.number}`} aria-label={say("remove_of", { name: codeOf(line) })} onClick={() => { put(null); }}><Icon name="trash" />{say("order_parts.remove")}</button>
        </div>
      </div>
    </div>
  );
}

function codeOf({ number, serial }: Scanned): string {
  return serial === null ? number : `${number} · ${serial}`;
}

/** Less than one is none; another quantity is judged anew. */
function Quantity({ line, name, put }: LineProps): JSX.Element {
  const { quantity, serial } = line;
  const set = (next: number): void => { put(next > 0 ? { ...line, quantity: next, refused: [] } : null); };
  return (
    <div class="stepper">
      <button type="button" class="button icon" aria-label={say("order_parts.less", { name })} onClick={() => { set(quantity - 1); }}><Icon name="dash" /></button>
      <output>{quantity}</output>
      <button type="button" class="button icon" disabled={serial !== null} aria-label={say("order_parts.more", { name })} onClick={() => { set(quantity + 1); }}><Icon name="plus" /></button>
    </div>
  );
}

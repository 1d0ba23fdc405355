// Made from template-1.json by `python -m mendloop_engine.schema --typescript FILE`. Not to be changed by hand.
import type { Json } from "@mendloop/engine";

/** A repair process, format 1. Written once, run by many work orders. */
export type Template = {
  readonly "$schema"?: string;
  readonly format: 1;
  readonly key: string;
  readonly title: Words;
  readonly description?: Words;
  readonly languages?: readonly ("zh-CN" | "en")[];
  readonly applies_to?: readonly ({
    readonly product: string;
    readonly faults?: readonly (string)[];
  })[];
  readonly roles: Readonly<Record<string, {
    readonly title?: Words;
  }>>;
  readonly pause_reasons?: readonly (PauseReason)[];
  readonly start: NodeName;
  readonly nodes: Readonly<Record<string, Node>>;
  readonly scenarios?: readonly (Scenario)[];
};

/** Small letters, digits and underscores, beginning with a letter. */
export type Id = string;

export type NodeName = Id;

export type Position = string;

/** The same words in each language. */
export type Words = Readonly<Record<string, string>>;

/** An expression in CEL. */
export type Expression = string;

/** true, false, or a condition in CEL. */
export type Condition = boolean | string;

export type Labelled = {
  readonly id: Id;
  readonly label: Words;
};

export type PauseReason = {
  readonly id: Id;
  readonly label: Words;
  readonly time?: "waiting" | "travel" | "elsewhere";
};

export type Edge = {
  readonly to: NodeName;
  readonly when?: Expression;
  readonly label?: Words;
  readonly rework?: boolean;
  readonly limit?: number;
  readonly exit?: NodeName;
  readonly reason_field?: Id;
};

/** Routes, tried in order. */
export type Next = readonly (Edge)[];

export type Node = Step | Choice | Parallel | Join | End;

/** A node where a person works. */
export type Step = {
  readonly kind: "step";
  readonly title: Words;
  readonly description?: Words;
  readonly role: Id;
  readonly standard_minutes?: number;
  readonly time?: "work" | "travel";
  readonly not_same_person_as?: readonly (NodeName)[];
  readonly energises?: boolean;
  readonly position?: Position;
  readonly fields?: readonly (Field)[];
  readonly next: Next;
};

/** Takes the first route whose condition holds. */
export type Choice = {
  readonly kind: "choice";
  readonly title?: Words;
  readonly next: Next;
};

/** Starts every branch whose condition holds; they meet at the join. */
export type Parallel = {
  readonly kind: "parallel";
  readonly title?: Words;
  readonly join: NodeName;
  readonly next: Next;
};

/** Waits for all branches that were started. */
export type Join = {
  readonly kind: "join";
  readonly title?: Words;
  readonly next: Next;
};

/** Closes the order with an outcome. */
export type End = {
  readonly kind: "end";
  readonly outcome: Id;
  readonly title?: Words;
};

export type Check = {
  readonly id?: Id;
  readonly that: Expression;
  readonly message: Words;
  readonly level?: "refuse" | "reason";
};

/** A written run of this template with its expected end. */
export type Scenario = {
  readonly name: string;
  readonly order?: {
    readonly number?: string;
    readonly product?: string;
    readonly asset?: string;
    readonly fault_codes?: readonly (string)[];
    readonly fault_text?: string;
    readonly warranty?: boolean;
    readonly customer_level?: string;
    readonly created?: string;
  };
  readonly acts: readonly (Act)[];
  readonly expect: {
    readonly ended?: string | null;
    readonly visits?: Readonly<Record<string, number>>;
    readonly joins?: Readonly<Record<string, number>>;
    readonly open?: readonly (NodeName)[];
    readonly completed?: readonly (NodeName)[];
  };
};

/** One thing somebody does. “complete” starts the step first when nobody has. In answers the text “@photo” stands for a photo that is made up. */
export type Act = {
  readonly do: "complete" | "start" | "pause" | "resume" | "answer" | "lock" | "confirm" | "unlock" | "finding";
  readonly step: NodeName;
  readonly by?: string;
  readonly answers?: Readonly<Record<string, Json>>;
  readonly reasons?: Readonly<Record<string, string>>;
  readonly rework_reason?: string;
  readonly locks?: boolean;
  readonly field?: Id;
  readonly point?: string;
  readonly photo?: string;
  readonly reason?: string;
  readonly text?: string;
  readonly severity?: "note" | "minor" | "serious";
  readonly minutes?: number;
  readonly refused?: readonly (string)[];
};

export type Field = FieldInstruction | FieldText | FieldLongText | FieldInteger | FieldNumber | FieldBoolean | FieldChoice | FieldMultiChoice | FieldDate | FieldDatetime | FieldPhoto | FieldChecklist | FieldReading | FieldSafetyGate | FieldScan | FieldParts | FieldSignature | FieldTable;

/** A text to read, with pictures, and safety notes that stand out. */
export type FieldInstruction = {
  readonly id: Id;
  readonly type: "instruction";
  readonly label?: Words;
  readonly help?: Words;
  readonly internal?: boolean;
  readonly required?: Condition;
  readonly visible?: Condition;
  readonly checks?: readonly (Check)[];
  readonly text: Words;
  readonly safety?: readonly ({
    readonly level: "info" | "caution" | "danger";
    readonly text: Words;
  })[];
  readonly pictures?: readonly ({
    readonly id: Id;
    readonly sha256: string;
    readonly alt?: Words;
  })[];
  readonly confirm?: boolean;
};

export type FieldText = {
  readonly id: Id;
  readonly type: "text";
  readonly label?: Words;
  readonly help?: Words;
  readonly internal?: boolean;
  readonly required?: Condition;
  readonly visible?: Condition;
  readonly checks?: readonly (Check)[];
  readonly value?: Expression;
  readonly default?: string | number | boolean;
  readonly max_length?: number;
  readonly pattern?: string;
  readonly placeholder?: Words;
};

export type FieldLongText = {
  readonly id: Id;
  readonly type: "long_text";
  readonly label?: Words;
  readonly help?: Words;
  readonly internal?: boolean;
  readonly required?: Condition;
  readonly visible?: Condition;
  readonly checks?: readonly (Check)[];
  readonly value?: Expression;
  readonly default?: string | number | boolean;
  readonly max_length?: number;
  readonly pattern?: string;
  readonly placeholder?: Words;
};

export type FieldInteger = {
  readonly id: Id;
  readonly type: "integer";
  readonly label?: Words;
  readonly help?: Words;
  readonly internal?: boolean;
  readonly required?: Condition;
  readonly visible?: Condition;
  readonly checks?: readonly (Check)[];
  readonly value?: Expression;
  readonly default?: string | number | boolean;
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
};

export type FieldNumber = {
  readonly id: Id;
  readonly type: "number";
  readonly label?: Words;
  readonly help?: Words;
  readonly internal?: boolean;
  readonly required?: Condition;
  readonly visible?: Condition;
  readonly checks?: readonly (Check)[];
  readonly value?: Expression;
  readonly default?: string | number | boolean;
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
  readonly decimals?: number;
};

export type FieldBoolean = {
  readonly id: Id;
  readonly type: "boolean";
  readonly label?: Words;
  readonly help?: Words;
  readonly internal?: boolean;
  readonly required?: Condition;
  readonly visible?: Condition;
  readonly checks?: readonly (Check)[];
  readonly value?: Expression;
  readonly default?: string | number | boolean;
};

/** One of several options. */
export type FieldChoice = {
  readonly id: Id;
  readonly type: "choice";
  readonly label?: Words;
  readonly help?: Words;
  readonly internal?: boolean;
  readonly required?: Condition;
  readonly visible?: Condition;
  readonly checks?: readonly (Check)[];
  readonly value?: Expression;
  readonly default?: string | number | boolean;
  readonly options: readonly (Labelled)[];
};

/** Any number of several options. */
export type FieldMultiChoice = {
  readonly id: Id;
  readonly type: "multi_choice";
  readonly label?: Words;
  readonly help?: Words;
  readonly internal?: boolean;
  readonly required?: Condition;
  readonly visible?: Condition;
  readonly checks?: readonly (Check)[];
  readonly value?: Expression;
  readonly default?: string | number | boolean;
  readonly options: readonly (Labelled)[];
  readonly min?: number;
  readonly max?: number;
};

export type FieldDate = {
  readonly id: Id;
  readonly type: "date";
  readonly label?: Words;
  readonly help?: Words;
  readonly internal?: boolean;
  readonly required?: Condition;
  readonly visible?: Condition;
  readonly checks?: readonly (Check)[];
  readonly value?: Expression;
  readonly default?: string | number | boolean;
  readonly min?: string;
  readonly max?: string;
};

export type FieldDatetime = {
  readonly id: Id;
  readonly type: "datetime";
  readonly label?: Words;
  readonly help?: Words;
  readonly internal?: boolean;
  readonly required?: Condition;
  readonly visible?: Condition;
  readonly checks?: readonly (Check)[];
  readonly value?: Expression;
  readonly default?: string | number | boolean;
  readonly min?: string;
  readonly max?: string;
};

/** Named shots, each with its number; before and after can be a pair. */
export type FieldPhoto = {
  readonly id: Id;
  readonly type: "photo";
  readonly label?: Words;
  readonly help?: Words;
  readonly internal?: boolean;
  readonly required?: Condition;
  readonly visible?: Condition;
  readonly checks?: readonly (Check)[];
  readonly shots: readonly ({
    readonly id: Id;
    readonly label?: Words;
    readonly min?: number;
    readonly max?: number;
    readonly pair?: string;
  })[];
  readonly camera_only?: boolean;
};

/** Items that are ok, not ok or not applicable. */
export type FieldChecklist = {
  readonly id: Id;
  readonly type: "checklist";
  readonly label?: Words;
  readonly help?: Words;
  readonly internal?: boolean;
  readonly required?: Condition;
  readonly visible?: Condition;
  readonly checks?: readonly (Check)[];
  readonly items: readonly ({
    readonly id: Id;
    readonly label: Words;
    readonly allow_na?: boolean;
    readonly not_ok?: {
      readonly note?: boolean;
      readonly photo?: number;
      readonly reading?: {
        readonly unit: string;
      };
    };
  })[];
};

/** A measured value with its unit, norm and tolerance. */
export type FieldReading = {
  readonly id: Id;
  readonly type: "reading";
  readonly label?: Words;
  readonly help?: Words;
  readonly internal?: boolean;
  readonly required?: Condition;
  readonly visible?: Condition;
  readonly checks?: readonly (Check)[];
  readonly value?: Expression;
  readonly default?: string | number | boolean;
  readonly unit: string;
  readonly norm?: number;
  readonly tolerance?: readonly (number | null)[];
  readonly soft_limit?: number | readonly (number | null)[];
  readonly hard_limit?: readonly (number | null)[];
  readonly decimals?: number;
  readonly instrument?: Words;
  readonly advice?: Words;
};

/** Isolation points, each with its lock; or the removal of those locks. */
export type FieldSafetyGate = {
  readonly id: Id;
  readonly type: "safety_gate";
  readonly label?: Words;
  readonly help?: Words;
  readonly internal?: boolean;
  readonly required?: Condition;
  readonly visible?: Condition;
  readonly checks?: readonly (Check)[];
  readonly points?: readonly (string | {
    readonly id: string;
    readonly label?: Words;
  })[];
  readonly photo?: boolean;
  readonly second_person?: boolean;
  readonly removes?: string;
};

/** Barcodes or QR codes, read or typed. */
export type FieldScan = {
  readonly id: Id;
  readonly type: "scan";
  readonly label?: Words;
  readonly help?: Words;
  readonly internal?: boolean;
  readonly required?: Condition;
  readonly visible?: Condition;
  readonly checks?: readonly (Check)[];
  readonly multiple?: boolean;
  readonly expect?: string | {
    readonly part: string;
  };
};

/** Planned parts and what became of them. */
export type FieldParts = {
  readonly id: Id;
  readonly type: "parts";
  readonly label?: Words;
  readonly help?: Words;
  readonly internal?: boolean;
  readonly required?: Condition;
  readonly visible?: Condition;
  readonly checks?: readonly (Check)[];
  readonly lines?: readonly ({
    readonly part: string;
    readonly label?: Words;
    readonly quantity?: number;
    readonly unit?: string;
    readonly required?: boolean;
    readonly faults?: readonly (string)[];
    readonly products?: readonly (string)[];
    readonly position?: Position;
    readonly serial?: boolean;
  })[];
  readonly allow_other?: boolean;
};

/** A drawn signature, bound to what was signed. */
export type FieldSignature = {
  readonly id: Id;
  readonly type: "signature";
  readonly label?: Words;
  readonly help?: Words;
  readonly internal?: boolean;
  readonly required?: Condition;
  readonly visible?: Condition;
  readonly checks?: readonly (Check)[];
  readonly meaning?: Words;
  readonly who?: "worker" | "customer";
};

/** Rows of simple fields: added on the spot, or fixed. */
export type FieldTable = {
  readonly id: Id;
  readonly type: "table";
  readonly label?: Words;
  readonly help?: Words;
  readonly internal?: boolean;
  readonly required?: Condition;
  readonly visible?: Condition;
  readonly checks?: readonly (Check)[];
  readonly columns: readonly (Field)[];
  readonly rows?: {
    readonly min?: number;
    readonly max?: number;
  };
  readonly fixed?: readonly (Labelled)[];
};

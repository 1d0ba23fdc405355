"""What the engine knows of one kind of field. Its widget lives elsewhere."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from ..expressions import Type
from ..json_values import Json, JsonObject
from ..problems import Problem, Problems
from ..state import Lock

Settings: TypeAlias = JsonObject
"""A field's own keys, as its type's `schema` describes them, with every default filled in; null: not given."""

Normalised: TypeAlias = "Json | Problems"
"""An answer as it is kept (null: none), or what is wrong with it (never empty, pointers relative to the answer)."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A name in a field's settings that must exist elsewhere: `step.field` and, unless empty in the offer, `.part`."""

    at: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Situation:
    """What a field may know besides its settings and answer: where and when, the order's facts, the locks that stand.

    `gate` is `<step>.<field>` of the field itself, `by` who works on the visit (none while nobody does).
    """

    gate: str
    visit: str
    by: str | None
    at: str
    order: JsonObject
    locks: Mapping[str, Lock]


class FieldType(ABC):
    """One kind of field. It has no state: all it needs is handed in. Built-in kinds and plugins' are made alike."""

    name: ClassVar[str]
    """What a template writes as `type`."""

    schema: ClassVar[JsonObject]
    """JSON Schema of its own settings: `title`, `description`, `x-zh-CN`, `properties`, `required`."""

    computable: ClassVar[bool] = False
    """True when `value` and `default` may compute the answer; they then have the type `computed_type` says."""

    in_table: ClassVar[bool] = False
    """True when it can be a column of a table."""

    has_columns: ClassVar[bool] = False
    """True when its settings have `columns`: fields, of which each row of the answer has one answer each."""

    made_by_engine: ClassVar[bool] = False
    """True when nobody enters the answer: `made` makes it from the situation."""

    seals: ClassVar[bool] = False
    """True when completing binds the answer to the step's other answers: `sealed` does it."""

    def required_by_default(self, settings: Settings) -> bool:  # noqa: ARG002 - for types whose settings decide
        """Whether a field is required that does not say so itself."""
        return False

    def filled(self, settings: Settings, step: str) -> Settings:  # noqa: ARG002
        """The settings as the plan keeps them, from ones in which the schema's defaults are filled in already."""
        return settings

    def offers(self, settings: Settings) -> Mapping[str, list[str]]:  # noqa: ARG002
        """What fields of other steps may name in here, by kind: a photo field offers its shots, a gate itself ("")."""
        return {}

    def references(self, settings: Settings) -> list[Reference]:  # noqa: ARG002
        """What these settings name in other fields."""
        return []

    def settings_problems(self, settings: Settings) -> list[Problem]:  # noqa: ARG002
        """What is wrong with settings that fit the schema; pointers relative to the field."""
        return []

    @abstractmethod
    def cel_type(self, settings: Settings) -> Type:
        """The type under which expressions see the answer."""

    def computed_type(self, settings: Settings) -> Type:
        """The type that `value` and `default` must have, for types that are `computable`."""
        return self.cel_type(settings)

    def computed(self, settings: Settings, value: Json) -> Json:  # noqa: ARG002
        """The answer, as somebody would have given it, that a computed value stands for."""
        return value

    @abstractmethod
    def answer_schema(self, settings: Settings) -> JsonObject:
        """JSON Schema of the shape an answer must have before `normalise` sees it."""

    def normalise(self, settings: Settings, raw: Json) -> Normalised:  # noqa: ARG002
        """The answer as it is kept, from one that fits `answer_schema`."""
        return raw

    def missing(self, settings: Settings, answer: Json, required: bool, situation: Situation) -> list[Problem]:
        """What the answer still lacks for its step to be completed; pointers relative to the answer."""
        if answer is None:
            return [Problem("answer.missing")] if required else []
        return self.incomplete(settings, answer, required, situation)

    def incomplete(
        self,
        settings: Settings,  # noqa: ARG002
        answer: Json,  # noqa: ARG002
        required: bool,  # noqa: ARG002
        situation: Situation,  # noqa: ARG002
    ) -> list[Problem]:
        """What a given answer still lacks."""
        return []

    def made(self, settings: Settings, answer: Json, situation: Situation) -> Json:  # noqa: ARG002
        """The answer the engine makes, for types that are `made_by_engine`; `answer` is what was recorded."""
        return answer

    def sealed(
        self,
        settings: Settings,  # noqa: ARG002
        answer: Json,
        others: JsonObject,  # noqa: ARG002
        situation: Situation,  # noqa: ARG002
    ) -> Json:
        """The answer as it goes into the record; `others`: the step's other final answers, signatures apart."""
        return answer

    def cel_view(self, settings: Settings, answer: Json) -> Json:  # noqa: ARG002
        """The answer as expressions see it, as JSON of `cel_type`."""
        return answer

    def report(self, settings: Settings, answer: Json) -> Json:  # noqa: ARG002
        """The answer as a report shows it: text, number, or a list or object of those."""
        return answer

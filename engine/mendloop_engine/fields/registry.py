"""Field types by name. Plugins register theirs as the built-in ones are."""

from collections.abc import Iterable, Iterator

from .type import FieldType


class FieldTypes:
    """A set of field types, each under its own name."""

    def __init__(self, types: Iterable[FieldType] = ()) -> None:
        self._types: dict[str, FieldType] = {}
        for field_type in types:
            self.register(field_type)

    def register(self, field_type: FieldType) -> None:
        """Adds a type; ValueError when its name is taken."""
        if field_type.name in self._types:
            raise ValueError(f"field type {field_type.name} is registered already")
        self._types[field_type.name] = field_type

    def get(self, name: str) -> FieldType | None:
        """The type of that name, if any."""
        return self._types.get(name)

    def __iter__(self) -> Iterator[FieldType]:
        return iter(self._types.values())

    def names(self) -> list[str]:
        """All names, in the order of registration."""
        return list(self._types)

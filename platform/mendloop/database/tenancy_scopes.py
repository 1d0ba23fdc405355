"""Reading a statement: is every tenant table in it tied to one organisation?

A statement is a set of scopes: each SELECT, UPDATE and DELETE in it, subqueries included. Within a scope only
conditions that every row must meet count, so what stands under OR, NOT or on the wrong side of an outer join does not.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import BinaryExpression, BindParameter, BooleanClauseList, Grouping
from sqlalchemy.sql.expression import Alias, Delete, FromClause, Insert, Join, Select, Update
from sqlalchemy.sql.schema import Table

from mendloop.database.base import is_tenant_table

Source = tuple[int, Any]
"""A table or alias, and the scope whose FROM names it: the same table in two halves of a UNION is two sources."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Something every row must meet; `restricts` are the tables it can restrict, None for all of its scope."""

    clause: Any
    restricts: frozenset[Any] | None


def anchors(statement: Any) -> tuple[list[BindParameter[Any]], set[str]]:
    """The bound values that name the organisation, and the names of tenant tables not tied to any of them."""
    found = list(_scopes(statement, frozenset()))
    scopes, owned = [scope for scope, _ in found], [sources for _, sources in found]
    ties = Ties(owned)
    for number, scope in enumerate(scopes):
        for condition in _conditions(scope):
            ties.note(number, condition)
    anchored = ties.anchored()
    tenants = [(number, source) for number, sources in enumerate(owned) for source in sources if _is_tenant(source)]
    return ties.values, {str(source.name) for number, source in tenants if (number, source) not in anchored}


def tenant_inserts(statement: Any) -> Iterator[str]:
    """The parameter that carries the organisation when rows are put into a tenant table."""
    if isinstance(statement, Insert) and is_tenant_table(statement.table.c):
        yield "organisation_id"


class Ties:
    """Which source carries a given organisation, and which carries the same one as another source."""

    def __init__(self, owned: list[frozenset[Any]]) -> None:
        self._owned = owned
        self._follows: dict[Source, set[Source]] = {}
        self._given: set[Source] = set()
        self.values: list[BindParameter[Any]] = []

    def note(self, scope: int, condition: Condition) -> None:
        """Learn from one condition of a scope; only an equality of organisation columns teaches anything."""
        clause = condition.clause
        if not isinstance(clause, BinaryExpression) or clause.operator is not operators.eq:
            return
        for one, other in ((clause.left, clause.right), (clause.right, clause.left)):
            table = _table_of_organisation(one)
            restrictable = table in self._owned[scope] and (condition.restricts is None or table in condition.restricts)
            if restrictable:
                self._tie((scope, table), scope, other)

    def anchored(self) -> set[Source]:
        """Everything tied to a value, directly or through others."""
        found, waiting = set[Source](), list(self._given)
        while waiting:
            source = waiting.pop()
            if source not in found:
                found.add(source)
                waiting += self._follows.get(source, ())
        return found

    def _tie(self, source: Source, scope: int, other: Any) -> None:
        if isinstance(other, BindParameter):
            self._given.add(source)
            self.values.append(other)
            return
        table = _table_of_organisation(other)
        homes = [scope] if table in self._owned[scope] else self._homes_of(table)
        if len(homes) == 1:  # a table of two outer scopes could be either: that proves nothing
            self._follows.setdefault((homes[0], table), set()).add(source)

    def _homes_of(self, table: Any) -> list[int]:
        return [number for number, sources in enumerate(self._owned) if table in sources]


def _scopes(element: Any, around: frozenset[Any]) -> Iterator[tuple[Any, frozenset[Any]]]:
    """Every scope with the sources that are its own; `around` are those that it may be correlated to."""
    if isinstance(element, Select | Update | Delete):
        sources = frozenset(_sources(element))
        own = sources - _correlated(element, sources, around)
        yield element, own
        around |= own
    for child in element.get_children():
        # What stands in a FROM is computed by itself and sees nothing of the scope around it.
        yield from _scopes(child, frozenset() if isinstance(child, FromClause) else around)


def _correlated(scope: Any, sources: frozenset[Any], around: frozenset[Any]) -> frozenset[Any]:
    """The sources that SQLAlchemy leaves to the scope around: by itself as long as one remains, else as it was told."""
    if not isinstance(scope, Select):
        return frozenset()
    shared = sources & around
    if scope._auto_correlate:  # noqa: SLF001
        return shared if shared != sources else frozenset()
    return shared & frozenset(scope._correlate or ())  # noqa: SLF001


def _sources(scope: Any) -> Iterator[Any]:
    if isinstance(scope, Select):
        for source in scope.get_final_froms():
            yield from _leaves(source)
        return
    yield scope.table
    if scope.whereclause is not None:  # UPDATE … FROM and DELETE … USING name their other tables only there
        yield from scope.whereclause._from_objects  # noqa: SLF001


def _leaves(source: Any) -> Iterator[Any]:
    if isinstance(source, Join):
        yield from _leaves(source.left)
        yield from _leaves(source.right)
    else:
        yield source


def _conditions(scope: Any) -> Iterator[Condition]:
    if scope.whereclause is not None:
        yield from (Condition(clause, None) for clause in _conjuncts([scope.whereclause]))
    if isinstance(scope, Select):
        for source in scope.get_final_froms():
            yield from _join_conditions(source)


def _join_conditions(source: Any) -> Iterator[Condition]:
    if not isinstance(source, Join):
        return
    restricts = frozenset(_leaves(source.right)) if source.isouter else None
    if not source.full:
        yield from (Condition(clause, restricts) for clause in _conjuncts([source.onclause]))
    for side in (source.left, source.right):
        yield from _join_conditions(side)


def _conjuncts(clauses: Iterable[Any]) -> Iterator[Any]:
    for clause in clauses:
        if isinstance(clause, Grouping):
            yield from _conjuncts([clause.element])
        elif isinstance(clause, BooleanClauseList) and clause.operator is operators.and_:
            yield from _conjuncts(clause.clauses)
        else:
            yield clause


def _table_of_organisation(side: Any) -> Any:
    return getattr(side, "table", None) if getattr(side, "name", None) == "organisation_id" else None


def _is_tenant(source: Any) -> bool:
    table = source.element if isinstance(source, Alias) else source
    return isinstance(table, Table) and is_tenant_table(table.c)

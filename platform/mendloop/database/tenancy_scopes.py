"""Reading a statement: is every tenant table in it tied to one organisation?"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import BinaryExpression, BindParameter, BooleanClauseList, Grouping
from sqlalchemy.sql.expression import Alias, Delete, Insert, Join, Select, Update
from sqlalchemy.sql.schema import Table

from mendloop.database.base import is_tenant_table

VALUE = "an organisation's id"


class Ties:
    """Which tables are known to carry the same organisation, and which are tied to a given value."""

    def __init__(self) -> None:
        self._parent: dict[Any, Any] = {}

    def find(self, item: Any) -> Any:
        parent = self._parent.setdefault(item, item)
        if parent is item or parent == item:
            return item
        root = self.find(parent)
        self._parent[item] = root
        return root

    def tie(self, left: Any, right: Any) -> None:
        self._parent[self.find(left)] = self.find(right)

    def anchored(self, item: Any) -> bool:
        return bool(self.find(item) == self.find(VALUE))


def anchors(statement: Any) -> tuple[list[BindParameter[Any]], set[str]]:
    """The bound values that name the organisation, and the names of tenant tables not tied to any of them."""
    ties, binds = Ties(), list[BindParameter[Any]]()
    sources: list[Any] = []
    for scope in _scopes(statement):
        sources += [source for source in _sources(scope) if _is_tenant(source)]
        for condition in _conditions(scope):
            _note(condition, ties, binds)
    return binds, {_name(source) for source in sources if not ties.anchored(source)}


def tenant_inserts(statement: Any) -> Iterator[str]:
    """The parameter that carries the organisation when rows are put into a tenant table."""
    if isinstance(statement, Insert) and is_tenant_table(statement.table.c):
        yield "organisation_id"


def _scopes(statement: Any) -> Iterator[Any]:
    for element in visitors.iterate(statement):
        if isinstance(element, Select | Update | Delete):
            yield element


def _sources(scope: Any) -> Iterator[Any]:
    if isinstance(scope, Select):
        for source in scope.get_final_froms():
            yield from _leaves(source)
    else:
        yield scope.table


def _leaves(source: Any) -> Iterator[Any]:
    if isinstance(source, Join):
        yield from _leaves(source.left)
        yield from _leaves(source.right)
    else:
        yield source


def _conditions(scope: Any) -> Iterator[Any]:
    if scope.whereclause is not None:
        yield from _conjuncts(scope.whereclause)
    if isinstance(scope, Select):
        for source in scope.get_final_froms():
            yield from _join_conditions(source)


def _join_conditions(source: Any) -> Iterator[Any]:
    if isinstance(source, Join):
        yield from _conjuncts(source.onclause)
        yield from _join_conditions(source.left)
        yield from _join_conditions(source.right)


def _conjuncts(clause: Any) -> Iterator[Any]:
    if isinstance(clause, Grouping):
        yield from _conjuncts(clause.element)
    elif isinstance(clause, BooleanClauseList) and clause.operator is operators.and_:
        for part in clause.clauses:
            yield from _conjuncts(part)
    else:
        yield clause


def _note(condition: Any, ties: Ties, binds: list[BindParameter[Any]]) -> None:
    if not isinstance(condition, BinaryExpression) or condition.operator is not operators.eq:
        return
    left, right = _table_of_organisation(condition.left), _table_of_organisation(condition.right)
    if left is not None and right is not None:
        ties.tie(left, right)
        return
    table, other = (left, condition.right) if left is not None else (right, condition.left)
    if table is not None and isinstance(other, BindParameter):
        ties.tie(table, VALUE)
        binds.append(other)


def _table_of_organisation(side: Any) -> Any:
    return getattr(side, "table", None) if getattr(side, "name", None) == "organisation_id" else None


def _is_tenant(source: Any) -> bool:
    table = source.element if isinstance(source, Alias) else source
    return isinstance(table, Table) and is_tenant_table(table.c)


def _name(source: Any) -> str:
    return str(getattr(source, "name", source))

"""Random expressions and values: the phone and the server say the same, errors included."""

from typing import Any

from cel.made import NAMES, environments, sources
from cel.phone import Phone
from cel.tagged import same, tagged
from hypothesis import HealthCheck, event, given, settings
from mendloop_engine.expressions import Expression, Value, compile_tree, parse_expression

QUIET = settings(
    max_examples=1000, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)


def kind_of(result: Any) -> str:
    return str(result["e"]) if isinstance(result, dict) and "e" in result else "value"


@QUIET
@given(source=sources(extended=True), environment=environments(absences=True))
def test_server_and_phone_agree_on_values_and_kinds_of_error(
    phone: Phone, source: str, environment: dict[str, Value]
) -> None:
    read = parse_expression(source, NAMES)
    assert isinstance(read, Expression), (source, read)
    result = tagged(compile_tree(read.tree)(environment))
    event(kind_of(result))
    assert same(result, phone.evaluate(read.tree, environment)), source

"""Random CEL expressions of a wanted type over the names in scope."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from differential.chance import Chance

ORDER = {
    "order.number": "string",
    "order.product": "string",
    "order.asset": "string",
    "order.fault_text": "string",
    "order.customer_level": "string",
    "order.fault_codes": "list(string)",
    "order.warranty": "bool",
    "order.created": "timestamp",
    "now": "timestamp",
}


@dataclass(frozen=True)
class Scope:
    """Names an expression may use, each with its simple type, and the steps whose visits it may ask for."""

    names: Mapping[str, str] = field(default_factory=lambda: dict(ORDER))
    visited: tuple[tuple[str, str, str], ...] = ()
    """(step, path of a field in it, simple type)."""

    def of(self, kind: str) -> list[str]:
        return [name for name, found in self.names.items() if found == kind]

    def plus(self, names: Mapping[str, str]) -> "Scope":
        return Scope({**self.names, **names}, self.visited)


class Expressions:
    """Writes expressions."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance

    def write(self, kind: str, scope: Scope, depth: int = 2) -> str:
        writers = {
            "bool": self.truth,
            "double": self.double,
            "int": self.whole,
            "string": self.text,
            "timestamp": self.moment,
            "list(string)": self.texts,
        }
        return writers[kind](scope, depth)

    def _name(self, kind: str, scope: Scope, otherwise: str) -> str:
        names = scope.of(kind)
        return self.chance.pick(names) if names else otherwise

    def truth(self, scope: Scope, depth: int) -> str:
        if depth <= 0:
            return self._simple_truth(scope)
        deeper = depth - 1
        forms = (
            lambda: f"({self.truth(scope, deeper)} && {self.truth(scope, deeper)})",
            lambda: f"({self.truth(scope, deeper)} || {self.truth(scope, deeper)})",
            lambda: f"!({self.truth(scope, deeper)})",
            lambda: f"({self.truth(scope, deeper)} ? {self.truth(scope, deeper)} : {self.truth(scope, deeper)})",
            lambda: self._comparison(scope, deeper),
            lambda: self._comparison(scope, deeper),
            lambda: self._simple_truth(scope),
        )
        return self.chance.pick(forms)()

    def _comparison(self, scope: Scope, depth: int) -> str:
        kind = self.chance.pick(("double", "int", "string", "timestamp"))
        operator = self.chance.pick(("<", "<=", ">", ">=", "==", "!="))
        return f"{self.write(kind, scope, depth)} {operator} {self.write(kind, scope, depth)}"

    def _simple_truth(self, scope: Scope) -> str:
        forms = (
            lambda: self._name("bool", scope, "true"),
            lambda: self.chance.pick(("true", "false")),
            lambda: self._presence(scope),
            lambda: f"{self.text(scope, 0)} in {self.texts(scope, 0)}",
            lambda: (
                f"{self.text(scope, 0)}.{self.chance.pick(('contains', 'startsWith', 'endsWith'))}({self._quoted()})"
            ),
            lambda: f"{self.text(scope, 0)}.matches({self.chance.pick(PATTERNS)})",
            lambda: self._over_texts(scope),
            lambda: self._over_visits(scope),
            lambda: f"size({self.text(scope, 0)}) > {self.chance.whole(0, 4)}",
        )
        return self.chance.pick(forms)()

    def _presence(self, scope: Scope) -> str:
        paths = [name for name in scope.names if "." in name]
        return f"has({self.chance.pick(paths)})"

    def _over_texts(self, scope: Scope) -> str:
        macro = self.chance.pick(("exists", "all", "exists_one"))
        return f"{self.texts(scope, 0)}.{macro}(t, t == {self.text(scope, 0)})"

    def _over_visits(self, scope: Scope) -> str:
        if not scope.visited:
            return "true"
        step, path, kind = self.chance.pick(scope.visited)
        if self.chance.maybe(0.4):
            return f"size(visits.{step}) >= {self.chance.whole(0, 3)}"
        inner = {"bool": f"v.{path}", "double": f"v.{path} > 1.0", "int": f"v.{path} >= 1", "string": f"v.{path} != ''"}
        return f"visits.{step}.exists(v, {inner.get(kind, f'has(v.{path})')})"

    def double(self, scope: Scope, depth: int) -> str:
        if depth <= 0 or self.chance.maybe(0.3):
            literal = repr(float(self.chance.number()))
            return self._name("double", scope, literal) if self.chance.maybe(0.7) else literal
        if self.chance.maybe(0.2):
            return f"double({self.whole(scope, depth - 1)})"
        operator = self.chance.pick(("+", "-", "*", "/"))
        return f"({self.double(scope, depth - 1)} {operator} {self.double(scope, depth - 1)})"

    def whole(self, scope: Scope, depth: int) -> str:
        if depth <= 0 or self.chance.maybe(0.3):
            literal = str(self.chance.pick((0, 1, -1, 2, 3, 7, 10, 4096, 9007199254740991, 9223372036854775807)))
            return self._name("int", scope, literal) if self.chance.maybe(0.7) else literal
        forms = (
            lambda: f"({self.whole(scope, depth - 1)} {self.chance.pick('+-*/%')} {self.whole(scope, depth - 1)})",
            lambda: f"size({self.text(scope, depth - 1)})",
            lambda: f"size({self.texts(scope, depth - 1)})",
            lambda: f"int({self.double(scope, depth - 1)})",
            lambda: f"{self.moment(scope, 0)}.{self.chance.pick(('getFullYear', 'getDayOfWeek', 'getHours'))}()",
        )
        return self.chance.pick(forms)()

    def text(self, scope: Scope, depth: int) -> str:
        if depth <= 0 or self.chance.maybe(0.3):
            return self._name("string", scope, "'x'") if self.chance.maybe(0.7) else self._quoted()
        forms = (
            lambda: f"({self.text(scope, depth - 1)} + {self.text(scope, depth - 1)})",
            lambda: f"string({self.whole(scope, depth - 1)})",
            lambda: f"string({self.double(scope, depth - 1)})",
            lambda: f"({self.truth(scope, depth - 1)} ? {self.text(scope, 0)} : {self.text(scope, 0)})",
        )
        return self.chance.pick(forms)()

    def texts(self, scope: Scope, depth: int) -> str:
        del depth
        literal = f"[{self._quoted()}, {self._quoted()}]"
        return self._name("list(string)", scope, literal) if self.chance.maybe(0.6) else literal

    def moment(self, scope: Scope, depth: int) -> str:
        name = self._name("timestamp", scope, "now")
        if depth <= 0 or self.chance.maybe(0.5):
            return name
        span = self.chance.pick(("1h", "90s", "1.5s", "-24h", "240h", "9000000h"))
        return f"({name} {self.chance.pick('+-')} duration('{span}'))"

    def _quoted(self) -> str:
        return self.chance.pick(("'ok'", "'P-101'", "'😀'", "'中文'", "''", "'a'", "'worn'", "'\\u00e9'", "'x'"))


PATTERNS = (
    "'^P-[0-9]+$'",
    "'(?i)OK|worn'",
    "'[\\\\x{4e00}-\\\\x{9fff}]+'",
    "'^.$'",
    "'a{2,5}b?'",
    "'\\\\bok\\\\b'",
    "''",
    "'^(a|ab)(c|bcd)*$'",
)

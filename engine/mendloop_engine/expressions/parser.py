"""Tokens to a syntax tree: the grammar of the CEL specification, by precedence climbing."""

from collections.abc import Callable, Mapping
from functools import partial

from .lexer import tokens
from .limits import MAX_DEPTH, MAX_SOURCE
from .literals import LITERALS, read_literal
from .problems import Refused, refuse
from .syntax import Call, ListLiteral, Literal, MapLiteral, Name, Node, Operation, Select, depth_above, operation
from .tokens import Token

_BINDS = {"||": 1, "&&": 2, "==": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "in": 3}
_BINDS |= {"+": 4, "-": 4, "*": 5, "/": 5, "%": 5}
_RESERVED = frozenset(
    [
        "as",
        "break",
        "const",
        "continue",
        "else",
        "false",
        "for",
        "function",
        "if",
        "import",
        "in",
        "let",
        "loop",
        "null",
        "package",
        "namespace",
        "return",
        "true",
        "var",
        "void",
        "while",
    ]
)
_CONSTANTS = {"true": ("bool", True), "false": ("bool", False), "null": ("null", None)}


def parse(source: str) -> Node:
    """The tree of `source`; raises `Refused` at the first place where it is no expression."""
    if len(source) > MAX_SOURCE:
        raise refuse("too_large", "length", 0, len(source), limit=str(MAX_SOURCE))
    return _Parser(tokens(source)).whole()


class _Parser:
    def __init__(self, words: list[Token]) -> None:
        self._words = words
        self._at = 0
        self._nesting = 0

    def whole(self) -> Node:
        node = self._expression()
        if self._word.kind != "end":
            raise self._unexpected()
        return node

    @property
    def _word(self) -> Token:
        return self._words[self._at]

    def _next(self) -> Token:
        word = self._word
        self._at += 1
        return word

    def _take(self, symbol: str) -> bool:
        if self._word.text == symbol and self._word.kind in ("symbol", "name"):
            self._at += 1
            return True
        return False

    def _need(self, symbol: str) -> Token:
        if not self._closes(symbol):
            raise self._unexpected(symbol)
        return self._next()

    def _unexpected(self, expected: str = "") -> Refused:
        word = self._word
        if word.kind == "end":
            return refuse("syntax", "unexpected_end", word.start, word.end, expected=expected)
        return refuse("syntax", "unexpected_word", word.start, word.end, text=word.text, expected=expected)

    def _nested(self, read: Callable[[], Node]) -> Node:
        if self._nesting >= MAX_DEPTH:
            raise refuse("too_large", "depth", self._word.start, self._word.end, limit=str(MAX_DEPTH))
        self._nesting += 1
        node = read()
        self._nesting -= 1
        return node

    def _expression(self) -> Node:
        return self._nested(self._conditional)

    def _conditional(self) -> Node:
        condition = self._binary(1)
        if not self._take("?"):
            return condition
        yes = self._binary(1)
        self._need(":")
        return operation("?:", condition, yes, self._expression())

    def _binary(self, binds: int) -> Node:
        left = self._unary()
        while (strength := self._strength()) >= binds:
            operator = self._next().text
            left = operation(operator, left, self._nested(partial(self._binary, strength + 1)))
        return left

    def _strength(self) -> int:
        return _BINDS.get(self._word.text, 0) if self._word.kind in ("symbol", "name") else 0

    def _unary(self) -> Node:
        word = self._word
        if word.kind != "symbol" or word.text not in "!-":
            return self._member()
        self._next()
        if word.text == "-" and self._word.kind in ("int", "double"):
            return self._member(word)
        operand = self._nested(self._unary)
        return Operation(
            word.start, operand.end, depth_above(word.start, operand.end, [operand]), word.text, (operand,)
        )

    def _member(self, minus: Token | None = None) -> Node:
        node = self._primary(minus)
        while True:
            if self._take("."):
                node = self._select(node)
            elif self._closes("["):
                node = self._index(node)
            elif self._closes("{") and isinstance(node, Name | Select):
                raise refuse("outside_profile", "message", node.start, self._word.end)
            else:
                return node

    def _select(self, operand: Node) -> Node:
        if self._word.text == "?":
            raise refuse("outside_profile", "optional", operand.start, self._word.end)
        name = self._next()
        if name.kind not in ("name", "quoted") or name.text == "in":
            self._at -= 1
            raise self._unexpected()
        if name.kind == "name" and self._closes("("):
            return self._call(name, operand)
        return Select(
            operand.start, name.end, depth_above(operand.start, name.end, [operand]), operand, name.text.strip("`")
        )

    def _index(self, operand: Node) -> Node:
        self._need("[")
        if self._word.text == "?":
            raise refuse("outside_profile", "optional", operand.start, self._word.end)
        at = self._expression()
        end = self._need("]").end
        return Operation(operand.start, end, depth_above(operand.start, end, [operand, at]), "[]", (operand, at))

    def _call(self, name: Token, target: Node | None) -> Node:
        self._need("(")
        arguments: list[Node] = []
        while not (not arguments and self._closes(")")):
            arguments.append(self._expression())
            if not self._take(","):
                break
        end = self._need(")").end
        start = target.start if target else name.start
        depth = depth_above(start, end, [*arguments, *([target] if target else [])])
        return Call(start, end, depth, name.text, target, tuple(arguments))

    def _closes(self, symbol: str) -> bool:
        return self._word.kind == "symbol" and self._word.text == symbol

    def _primary(self, minus: Token | None) -> Node:
        word = self._next()
        if word.kind in LITERALS:
            return read_literal(word, minus)
        if word.kind == "name":
            return self._named(word)
        if word.kind == "symbol" and word.text in _OPENINGS:
            return _OPENINGS[word.text](self)
        self._at -= 1
        raise self._unexpected()

    def _named(self, word: Token) -> Node:
        if word.text in _CONSTANTS:
            kind, value = _CONSTANTS[word.text]
            return Literal(word.start, word.end, 1, kind, value)
        if word.text in _RESERVED:
            raise refuse("syntax", "reserved_word", word.start, word.end, text=word.text)
        if self._closes("("):
            return self._call(word, None)
        return Name(word.start, word.end, 1, word.text)

    def rooted(self) -> Node:
        word = self._next()
        if word.kind != "name":
            self._at -= 1
            raise self._unexpected()
        return self._named(word)

    def parenthesised(self) -> Node:
        node = self._expression()
        self._need(")")
        return node

    def list(self) -> Node:
        opening = self._words[self._at - 1]
        items: list[Node] = []
        while not self._closes("]"):
            self._refuse_optional(opening)
            items.append(self._expression())
            if not self._take(","):
                break
        end = self._need("]").end
        return ListLiteral(opening.start, end, depth_above(opening.start, end, items), tuple(items))

    def map(self) -> Node:
        opening = self._words[self._at - 1]
        entries: list[tuple[Node, Node]] = []
        while not self._closes("}"):
            self._refuse_optional(opening)
            key = self._expression()
            self._need(":")
            entries.append((key, self._expression()))
            if not self._take(","):
                break
        end = self._need("}").end
        depth = depth_above(opening.start, end, [node for entry in entries for node in entry])
        return MapLiteral(opening.start, end, depth, tuple(entries))

    def _refuse_optional(self, opening: Token) -> None:
        if self._closes("?"):
            raise refuse("outside_profile", "optional", opening.start, self._word.end)


_OPENINGS: Mapping[str, Callable[[_Parser], Node]] = {
    "(": _Parser.parenthesised,
    "[": _Parser.list,
    "{": _Parser.map,
    ".": _Parser.rooted,
}

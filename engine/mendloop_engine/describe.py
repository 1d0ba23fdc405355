"""A flow as text that a person reads."""

from collections.abc import Iterator, Mapping

from .json_values import Words
from .plan import ChoiceNode, EndNode, JoinNode, ParallelNode, Plan, PlanEdge, PlanField, PlanNode, StepNode

_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh-CN": {
        "step": "步骤",
        "choice": "判断",
        "parallel": "并行",
        "join": "汇合",
        "end": "结束",
        "minutes": "标准 {minutes} 分钟",
        "gate": "不能与“{steps}”同一人",
        "energises": "恢复能量：有锁时不能开始",
        "travel": "计为路途",
        "when": "当 {when}",
        "else": "否则",
        "branch": "分支",
        "rework": "返工",
        "limit": "最多 {limit} 次，之后 → {exit}",
        "meets": "在“{join}”汇合",
        "required": "必填",
        "sometimes": "有条件必填",
        "computed": "自动计算",
    },
    "en": {
        "step": "step",
        "choice": "choice",
        "parallel": "parallel",
        "join": "join",
        "end": "end",
        "minutes": "{minutes} min",
        "gate": "not the same person as {steps}",
        "energises": "energises: not while a lock stands",
        "travel": "counts as travel",
        "when": "when {when}",
        "else": "else",
        "branch": "branch",
        "rework": "rework",
        "limit": "at most {limit} times, then → {exit}",
        "meets": "meets at {join}",
        "required": "required",
        "sometimes": "required at times",
        "computed": "computed",
    },
}


def describe_flow(plan: Plan, language: str) -> str:
    """The plan as indented text, nodes in the order in which work meets them; `language` is zh-CN or en."""
    describer = _Describer(plan, language if language in _WORDS else "en")
    return "\n".join(describer.lines())


class _Describer:
    def __init__(self, plan: Plan, language: str) -> None:
        self._plan = plan
        self._language = language
        self._words = _WORDS[language]

    def lines(self) -> Iterator[str]:
        yield f"{self._text(self._plan.title, self._plan.key)}  [{self._plan.key}]"
        for node in self._in_order():
            yield ""
            yield from self._node(node)

    def _in_order(self) -> list[PlanNode]:
        """As reached from the start, routes in their order; a join comes after its branches."""
        found: dict[str, PlanNode] = {}
        waiting = [self._plan.start]
        while waiting:
            name = waiting.pop()
            if name in found or self._is_early(name, found):
                continue
            node = self._plan.nodes[name]
            found[name] = node
            joins = [node.join] if isinstance(node, ParallelNode) else []
            edges = () if isinstance(node, EndNode) else node.next
            waiting += joins
            waiting += [target for edge in reversed(edges) for target in (edge.exit, edge.to) if target]
        return list(found.values())

    def _is_early(self, name: str, found: Mapping[str, PlanNode]) -> bool:
        """A join waits until it is taken from below its branches, where its parallel left it."""
        node = self._plan.nodes[name]
        if not isinstance(node, JoinNode):
            return False
        branches = [
            edge.to
            for parallel in found.values()
            if isinstance(parallel, ParallelNode) and parallel.join == name
            for edge in parallel.next
        ]
        return any(branch != name and branch not in found for branch in branches)

    def _node(self, node: PlanNode) -> Iterator[str]:
        yield self._headline(node)
        if isinstance(node, StepNode):
            for field in node.fields:
                yield self._field(field)
        if isinstance(node, EndNode):
            return
        for index, edge in enumerate(node.next):
            yield self._edge(node, edge, index)

    def _headline(self, node: PlanNode) -> str:
        parts = [f"{self._words[node.kind]} {node.id}"]
        title = self._text(node.title, "")
        if title:
            parts.append(title)
        if isinstance(node, StepNode):
            parts += self._step_facts(node)
        elif isinstance(node, ParallelNode):
            parts.append(self._words["meets"].format(join=node.join))
        elif isinstance(node, EndNode):
            parts.append(node.outcome)
        return " · ".join(parts)

    def _step_facts(self, node: StepNode) -> list[str]:
        role = self._plan.roles.get(node.role, {}).get("title")
        facts = [self._text(role, node.role) if isinstance(role, Mapping) else node.role]  # type: ignore[arg-type]
        if node.standard_minutes is not None:
            facts.append(self._words["minutes"].format(minutes=f"{node.standard_minutes:g}"))
        if node.not_same_person_as:
            facts.append(self._words["gate"].format(steps=", ".join(node.not_same_person_as)))
        if node.energises:
            facts.append(self._words["energises"])
        if node.time == "travel":
            facts.append(self._words["travel"])
        return facts

    def _field(self, field: PlanField) -> str:
        parts = [f"    {field.id} ({field.type})", self._text(field.label, "")]
        if field.value is not None:
            parts.append(f"{self._words['computed']} = {field.value.source}")
        elif field.required is True:
            parts.append(self._words["required"])
        elif field.required is not False:
            parts.append(f"{self._words['sometimes']}: {field.required.source}")
        if not isinstance(field.visible, bool):
            parts.append(self._words["when"].format(when=field.visible.source))
        return " · ".join(part for part in parts if part)

    def _edge(self, node: StepNode | ChoiceNode | ParallelNode | JoinNode, edge: PlanEdge, index: int) -> str:
        parts = [f"  → {edge.to}"]
        if edge.when is not None:
            parts.append(self._words["when"].format(when=edge.when.source))
        elif isinstance(node, ParallelNode):
            parts.append(self._words["branch"])
        elif index:
            parts.append(self._words["else"])
        label = self._text(edge.label or {}, "")
        if label:
            parts.append(label)
        if edge.rework:
            parts.append(self._words["rework"])
        if edge.limit is not None:
            parts.append(self._words["limit"].format(limit=edge.limit, exit=edge.exit))
        return " · ".join(parts)

    def _text(self, words: Words, otherwise: str) -> str:
        return words.get(self._language) or next(iter(words.values()), otherwise)

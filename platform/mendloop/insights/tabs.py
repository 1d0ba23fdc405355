"""The pages of figures beside each other."""

from dataclasses import dataclass
from typing import Any

from mendloop.insights.figure_names import FIGURES


@dataclass(frozen=True, slots=True)
class Tab:
    """`key`: its words are `insights.tab.KEY`; `endpoint` and `values` lead there."""

    key: str
    endpoint: str
    values: tuple[tuple[str, str], ...] = ()

    def arguments(self, filters: dict[str, str]) -> dict[str, Any]:
        """For `url_for`: what is narrowed here stays narrowed there."""
        return {**filters, **dict(self.values)}


TABS: list[Tab] = [
    Tab("overview", "insights.show_overview"),
    *(Tab(name, "insights.show_figure", (("figure", name),)) for name in FIGURES),
]
"""A part of insights that has its own pages adds its own tab here."""

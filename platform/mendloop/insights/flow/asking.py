"""Which template, version and period a page of this room is about, as its address says it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.insights.filters import Filters
from mendloop.insights.flow.own_orders import OwnFlow, Period, flow_of, usual_templates
from mendloop.insights.framing import current_filters
from mendloop.library import services as library
from mendloop.pages.render import current_zone
from mendloop.words import local


@dataclass(frozen=True, slots=True)
class Asked:
    """`templates` are those one can choose; `of` is `own` for orders of the version itself, `all` for all orders of the
    template."""

    filters: Filters
    templates: tuple[tuple[str, str], ...]
    template: str
    of: str

    @property
    def period(self) -> Period:
        """Days in the organisation's zone, the last one included."""
        since, until = self.filters.since, self.filters.until
        return Period(_midnight(since), _midnight(until + dt.timedelta(days=1) if until else None))

    def flow(self, version: str = "", *, all_versions: bool | None = None) -> OwnFlow | None:
        """The orders that are asked for, and the version that explains them."""
        every = self.of == "all" if all_versions is None else all_versions
        session, actor = current_session(), current_actor()
        wanted = version or self.filters.version
        return flow_of(session, actor, self.template, wanted, self.period, all_versions=every)


def asked() -> Asked:
    """What the address says; without a template the usual one."""
    found = library.list_templates(current_session(), current_actor(), archived=True)
    templates = tuple((each.template.key, local(each.version.title, current_language())) for each in found)
    filters = current_filters()
    chosen = filters.template if filters.template in dict(templates) else _most_used([key for key, _ in templates])
    return Asked(filters, templates, chosen, "all" if request.args.get("of") == "all" else "own")


def _most_used(keys: Sequence[str]) -> str:
    """The template that most orders were done by."""
    used = usual_templates(current_session(), current_actor())
    return next(iter([key for key in used if key in keys] or keys), "")


def shown(asked: Asked, flow: OwnFlow | None, **more: Any) -> dict[str, Any]:
    """For pages that have the form of flow_form.html."""
    version = flow.version.id if flow is not None else ""
    address = {**asked.filters.address(template=asked.template, version=version), **more}
    return {
        "asked": asked,
        "flow": flow,
        "here": address | ({"of": "all"} if asked.of == "all" else {}),
        "titles": flow.titles(current_language()) if flow is not None else {},
    }


def _midnight(day: dt.date | None) -> dt.datetime | None:
    return None if day is None else dt.datetime.combine(day, dt.time(), current_zone()).astimezone(dt.UTC)

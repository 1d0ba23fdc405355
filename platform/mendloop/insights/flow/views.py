"""The pages of this room."""

from typing import Any

from mendloop.edge.context import actor_or_none
from mendloop.insights.flow import export_views, failure_views, flow_views, log_views, replay_views, variant_views
from mendloop.insights.flow.blueprint import KEEPERS, PLACES, blueprint
from mendloop.insights.flow.spans import between, exact_minutes, share, span
from mendloop.insights.framing import current_filters
from mendloop.insights.tabs import TABS

__all__ = ["blueprint", "export_views", "failure_views", "flow_views", "log_views", "replay_views", "variant_views"]


@blueprint.context_processor
def _context() -> dict[str, Any]:
    actor = actor_or_none()  # somebody who is not signed in is only told so
    return {
        "tabs": TABS,
        "address": current_filters().address() if actor else {},
        "flow_places": PLACES,
        "may_keep": actor is not None and actor.has_any(frozenset(KEEPERS)),
        "span": span,
        "share": share,
        "between": between,
        "exact_minutes": exact_minutes,
    }

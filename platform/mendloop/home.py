"""The address without a path: on to where the person's work is."""

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from mendloop.edge.access import allow
from mendloop.edge.context import current_actor
from mendloop.pages.navigation import home_of

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@allow()
def show_home() -> Response:
    """Supervisors to the orders, engineers to their own, storekeepers to the desk, designers to the templates."""
    return redirect(home_of(current_actor()))

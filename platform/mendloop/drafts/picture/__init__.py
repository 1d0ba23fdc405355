"""A small drawing of a flow, for galleries."""

from mendloop.drafts.picture.drawing import draw
from mendloop.drafts.picture.keeping import picture_of

__all__ = ["draw", "picture_of"]

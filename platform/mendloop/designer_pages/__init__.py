"""The visual designer, served under /designer: a page that names the bundle, and the bundle's files."""

from mendloop.designer_pages.views import blueprint

__all__ = ["blueprint"]

"""The engineer's app, served under /go: a page that names the bundle, and the bundle's files."""

from mendloop.runner_pages.views import blueprint

__all__ = ["blueprint"]

"""A process as a document to read and to print, made from a draft or from a version of a template."""

from mendloop.printed.views import blueprint

__all__ = ["blueprint"]

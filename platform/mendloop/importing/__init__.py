"""Importing: templates made from files of other kinds. What cannot be taken over is listed, never dropped silently."""

"""Figures that are evidence: each defined on its page, computed from events, with the orders behind it."""

"""The figures that there are, in the order of their pages."""

FIGURES = ("first_fix", "evidence", "repair_time", "rework", "planned", "parts")
"""Each has words `insights.tab.NAME`, `insights.what.NAME` and `insights.how.NAME`, and a page."""

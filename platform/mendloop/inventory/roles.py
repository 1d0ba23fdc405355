"""Who may do what with stock."""

from mendloop.accounts.actor import DESIGNER, ENGINEER, OWNER, STOREKEEPER, SUPERVISOR, VIEWER

READERS = (OWNER, SUPERVISOR, STOREKEEPER, DESIGNER, VIEWER, ENGINEER)
"""Look at parts and where they are."""
KEEPERS = (OWNER, SUPERVISOR, STOREKEEPER)
"""Receive, issue, move, and say what parts there are."""
JUDGES = (OWNER, SUPERVISOR)
"""Say what a difference was."""
CARRIERS = (ENGINEER, *KEEPERS)
"""Have a van, or fill it."""

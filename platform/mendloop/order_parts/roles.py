"""Who may do what with orders' parts."""

from mendloop.accounts.actor import ENGINEER, OWNER, STOREKEEPER, SUPERVISOR, VIEWER

HANDS = (ENGINEER, STOREKEEPER, SUPERVISOR, OWNER)
"""Whoever has parts in their hands."""
DESKS = (STOREKEEPER, SUPERVISOR, OWNER)
"""Whoever hands parts out of any place."""
DECIDERS = (SUPERVISOR, OWNER)
"""Whoever decides how much an order may have, and what became of it."""
READERS = (*DESKS, VIEWER)
"""Whoever sees what parts cost."""

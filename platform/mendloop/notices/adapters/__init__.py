"""What waits in the features that there are: each module registers its sources by what their services say."""

from importlib import import_module

FEATURES = ("orders", "own_work", "field", "parts", "quotes", "stock", "assets", "knowledge", "messages")
"""Their order is that of the kinds wherever those are listed."""

for _feature in FEATURES:
    import_module(f"mendloop.notices.adapters.{_feature}")

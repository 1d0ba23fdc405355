"""What other features, plugins and the views may ask of notices."""

import mendloop.notices.adapters
import mendloop.notices.mail.smtp  # noqa: F401 - it registers its channel, as a plugin's does
from mendloop.notices.channels import Channel, Message, NotNow, Refused, Undelivered, open_channels
from mendloop.notices.channels import register as register_channel
from mendloop.notices.collecting import everything_waiting
from mendloop.notices.inbox import LATER, STATES, TAKEN, WAITS, Line, count_waiting, inbox_of
from mendloop.notices.marking import bring_back, find_waiting, give_back, mark_seen, put_off, take
from mendloop.notices.sources import Source, Waiting
from mendloop.notices.sources import register as register_source

__all__ = [
    "LATER",
    "STATES",
    "TAKEN",
    "WAITS",
    "Channel",
    "Line",
    "Message",
    "NotNow",
    "Refused",
    "Source",
    "Undelivered",
    "Waiting",
    "bring_back",
    "count_waiting",
    "everything_waiting",
    "find_waiting",
    "give_back",
    "inbox_of",
    "mark_seen",
    "open_channels",
    "put_off",
    "register_channel",
    "register_source",
    "take",
]

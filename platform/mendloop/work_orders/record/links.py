"""Links to the customer's copy: whoever has one may read that record until its day, and nothing else."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer

from mendloop.accounts.actor import Actor
from mendloop.clock import utc_now
from mendloop.problems import Missing
from mendloop.work_orders.models import WorkOrder

SALT, PHOTO_SALT = "mendloop.record", "mendloop.record.photo"
LONGEST_LINK = 300
MONTHS = 6
"""So long a link is good at least: until the end of a month, so that the same one stands on every print until then."""


@dataclass(frozen=True, slots=True)
class RecordHolder:
    """Whoever has the link."""

    organisation_id: str
    order_id: str
    until: dt.date

    @property
    def actor(self) -> Actor:
        """Nobody of this organisation: without a name, without a role."""
        return Actor("", self.organisation_id, "", frozenset(), "")


def link_of(secret: str, order: WorkOrder, until: dt.date) -> str:
    """What the customer's address ends with; nobody can make one without the secret."""
    return _made(secret, SALT, order.organisation_id, order.id, until)


def photo_link_of(secret: str, holder: RecordHolder, sha256: str) -> str:
    """The same for a photo that the copy shows."""
    return _made(secret, PHOTO_SALT, holder.organisation_id, sha256, holder.until)


def last_day() -> dt.date:
    """Until when a link that is made today is good."""
    today = utc_now().date()
    years, month = divmod(today.month + MONTHS, 12)
    return dt.date(today.year + years, month + 1, 1) - dt.timedelta(days=1)


def read_link(secret: str, token: str) -> RecordHolder:
    """Whose link it is; `Missing` when we did not make it, or its time is over."""
    return RecordHolder(*_read(secret, SALT, token))


def read_photo_link(secret: str, token: str) -> tuple[Actor, str]:
    """Nobody of the photo's organisation, and its hash; `Missing` as above."""
    organisation_id, sha256, until = _read(secret, PHOTO_SALT, token)
    return RecordHolder(organisation_id, "", until).actor, sha256


def _made(secret: str, salt: str, organisation_id: str, name: str, until: dt.date) -> str:
    return str(_serializer(secret, salt).dumps([organisation_id, name, until.isoformat()]))


def _read(secret: str, salt: str, token: str) -> tuple[str, str, dt.date]:
    if len(token) > LONGEST_LINK:
        raise Missing
    try:
        organisation_id, name, day = _serializer(secret, salt).loads(token)
        until = dt.date.fromisoformat(day)
    except (BadSignature, ValueError) as error:
        raise Missing from error
    if utc_now().date() > until:
        raise Missing
    return str(organisation_id), str(name), until


def _serializer(secret: str, salt: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=salt, signer_kwargs={"digest_method": hashlib.sha256})

"""Why a part is proposed, in words, in every language: a phone shows them long after it has asked."""

import datetime as dt

from mendloop.recommending.reasons import LISTED, PLAN, REQUIRED, SAME, Reason
from mendloop.recommending.repairs import ANY
from mendloop.words import LANGUAGES, translate

_BETWEEN = {"zh-CN": "", "en": " "}


def why(reasons: tuple[Reason, ...], zone: dt.tzinfo) -> dict[str, str]:
    """All reasons as sentences; days are those of `zone`."""
    return {
        language: _BETWEEN[language].join(_sentence(reason, zone, language) for reason in reasons)
        for language in LANGUAGES
    }


def _sentence(reason: Reason, zone: dt.tzinfo, language: str) -> str:
    if reason.kind in {PLAN, REQUIRED}:
        return translate(language, f"recommended.{reason.kind}")
    if reason.kind == LISTED:
        return translate(language, "recommended.listed", code=reason.fault)
    key = f"recommended.{reason.kind}"
    if reason.kind == SAME and reason.fault != ANY:
        key += "_fault"
    if not reason.used:
        key += "_none"
    return translate(
        language,
        key,
        count=reason.repairs,
        used=reason.used,
        repairs=reason.repairs,
        fault=_fault(reason, language),
        date=_day(reason.last_at, zone),
        number=reason.last_number,
    )


def _fault(reason: Reason, language: str) -> str:
    if reason.fault == ANY:
        return translate(language, "recommended.this_fault")
    return translate(language, "recommended.that_fault", code=reason.fault)


def _day(at: str, zone: dt.tzinfo) -> str:
    return dt.datetime.fromisoformat(at).astimezone(zone).date().isoformat() if at else ""

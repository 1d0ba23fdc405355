"""What machines call a role that a workbook names: as designer/src/model/role_keys.ts gives it."""

import re
import unicodedata

from mendloop_engine.environment import RESERVED
from mendloop_engine.template.names import CEL_WORDS


def role_name_from(text: str) -> str:
    """A name for machines of a role: the same for the same words in every template, as the designer gives it."""
    said = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    made = re.sub(r"[^a-z0-9]+", "_", unicodedata.normalize("NFKD", said)).strip("_")
    made = re.sub(r"^[^a-z]+", "", made)[:40].rstrip("_")
    name = made if made and made not in {*RESERVED, *CEL_WORDS} else "role"
    return name if name != "role" and said.isascii() else f"{name}_{_number_of(said)}"


def _number_of(text: str) -> str:
    """FNV-1a over 52 bits, in letters and digits."""
    number = 0xCBF29CE484222325
    for byte in text.encode():
        number = ((number ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    number, digits = number & 0xFFFFFFFFFFFFF, ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits.rjust(11, "0")

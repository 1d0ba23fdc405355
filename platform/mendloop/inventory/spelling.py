"""Part numbers and serial numbers are the same in capital and in small letters; each keeps its first spelling."""


def folded(text: str) -> str:
    """What two spellings of the same number have in common."""
    return text.strip().casefold()

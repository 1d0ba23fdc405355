"""Names with `*`, which stands for anything, also for nothing."""


def glob_matches(glob: str, text: str) -> bool:
    """Whether the whole of `text` is what `glob` describes. Takes time in the product of their lengths at most."""
    first, *rest = glob.split("*")
    if not rest:
        return glob == text
    last = rest.pop()
    if not text.startswith(first) or not text.endswith(last) or len(text) < len(first) + len(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in rest:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True

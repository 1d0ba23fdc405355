"""The bounds that keep every expression cheap. The TypeScript half has the same numbers in `values.ts`."""

MAX_SOURCE = 4_000
"""Characters an expression may have."""

MAX_DEPTH = 64
"""How deeply an expression, and its tree, may be nested."""

MAX_STEPS = 100_000
"""Steps one evaluation may take: turns of macros, compared elements, hundreds of characters worked on."""

MAX_TEXT = 100_000
"""Code points (or bytes) a computed text may have."""

MAX_LIST = 10_000
"""Elements a computed list may have."""

MAX_MATCHED = 10_000
"""Code points of a text that `matches` looks at."""

MAX_PROGRAM = 2_000
"""Instructions a pattern may compile to."""

MAX_PATTERN_WORK = 300_000
"""What finding out the sets of one pattern may cost; the unit is about a microsecond."""

MAX_PATTERNS_WORK = 600_000
"""What all patterns of a template may cost together, in the same unit: compiling them, and handing them out."""

SAFE_INTEGER = 2**53 - 1
"""The largest whole number that JSON carries unharmed to every reader."""

"""Soundness of a flow, decided on the workflow net it compiles to."""

from .net import Net, NetBuilder, Transition
from .of_template import net_of, soundness_problems, too_large
from .reduce import reduced
from .search import Finding, Sound, TooLarge, Verdict, search
from .telling import RunStep, told_run

__all__ = [
    "Finding",
    "Net",
    "NetBuilder",
    "RunStep",
    "Sound",
    "TooLarge",
    "Transition",
    "Verdict",
    "net_of",
    "reduced",
    "search",
    "soundness_problems",
    "told_run",
    "too_large",
]

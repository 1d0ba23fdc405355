"""How services refuse: with problems that have stable codes. One handler at the edge makes HTTP of them."""

from collections.abc import Iterable

from mendloop_engine.problems import Problem


class Refusal(Exception):
    """What was asked for cannot be done. `status` is the HTTP status it becomes."""

    status = 422

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__(", ".join(problem.code for problem in self.problems))


class Missing(Refusal):
    """It is not there, or belongs to another organisation: the answer is the same."""

    status = 404

    def __init__(self) -> None:
        super().__init__(Problem("not_found"))


class Forbidden(Refusal):
    """The person's roles do not allow it."""

    status = 403

    def __init__(self) -> None:
        super().__init__(Problem("forbidden"))


class Conflict(Refusal):
    """It contradicts what is stored already."""

    status = 409


class BadRequest(Refusal):
    """The request itself is malformed."""

    status = 400


class TooLarge(Refusal):
    """The body is larger than it may be."""

    status = 413


__all__ = ["BadRequest", "Conflict", "Forbidden", "Missing", "Problem", "Refusal", "TooLarge"]

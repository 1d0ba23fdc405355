"""The form in which an organisation says how long is too long."""

from wtforms import Field, IntegerField
from wtforms.validators import InputRequired

from mendloop.board.settings import USUAL_REASONS, Limits
from mendloop.pages.forms import Form

GIVEN = [InputRequired()]


class LimitsForm(Form):
    """Whole minutes; the services say which are too many."""

    untouched = IntegerField("board.field.untouched", GIVEN)
    standing = IntegerField("board.field.standing", GIVEN)
    due_soon = IntegerField("board.field.due_soon", GIVEN)
    pause = IntegerField("board.field.pause", GIVEN)

    @property
    def pause_fields(self) -> list[str]:
        """One for each usual reason."""
        return [f"pause_{reason}" for reason in USUAL_REASONS]

    @property
    def limits(self) -> Limits:
        """What was filled in."""
        pauses = {reason: _minutes(self[f"pause_{reason}"]) for reason in USUAL_REASONS}
        return Limits(
            untouched=_minutes(self.untouched),
            standing=_minutes(self.standing),
            pause=_minutes(self.pause),
            due_soon=_minutes(self.due_soon),
            pauses=pauses,
        )


def _minutes(field: Field) -> int:
    return int(field.data or 0)


for _reason in USUAL_REASONS:
    setattr(LimitsForm, f"pause_{_reason}", IntegerField(f"board.field.pause.{_reason}", GIVEN))


def limits_data(limits: Limits) -> dict[str, int]:
    """The form's data for limits that stand."""
    general = {name: getattr(limits, name) for name in ("untouched", "standing", "due_soon", "pause")}
    return {**general, **{f"pause_{reason}": limits.pause_limit(reason) for reason in USUAL_REASONS}}

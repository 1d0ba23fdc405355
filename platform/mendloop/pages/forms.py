"""What forms of all features share."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectChoice  # type: ignore[attr-defined] # the stubs are of an older release
from wtforms.i18n import get_translations

from mendloop.edge.context import current_language
from mendloop.problems import Refusal
from mendloop.words import words_of

_CATALOGUES = {"zh-CN": "zh", "en": "en"}


class Form(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """A form of ours: with the session's token, its labels keys of the words, its messages in the reader's language."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc] # Flask-WTF has no types
        """Where WTForms finds its own messages."""

        def get_translations(self, form: FlaskForm) -> Any:  # noqa: ARG002 - WTForms calls it so
            """WTForms' catalogue of the reader's language."""
            return get_translations([_CATALOGUES[current_language()]])


def show_problems(form: Form, refusal: Refusal) -> None:
    """Put each problem at the field its pointer names, the others above the form."""
    for problem in refusal.problems:
        words = words_of(problem, current_language())
        field = form._fields.get(problem.at.strip("/").split("/")[0])
        if field is None:
            form.form_errors.append(words)
        else:
            field.errors = [*field.errors, words]


__all__ = ["Form", "SelectChoice", "show_problems"]

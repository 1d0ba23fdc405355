"""What forms of all features share."""

from flask_wtf import FlaskForm

from mendloop.edge.context import current_language
from mendloop.problems import Refusal
from mendloop.words import words_of


def show_problems(form: FlaskForm, refusal: Refusal) -> None:
    """Put each problem at the field its pointer names, the others above the form."""
    for problem in refusal.problems:
        words = words_of(problem, current_language())
        field = form._fields.get(problem.at.strip("/").split("/")[0])  # noqa: SLF001 - WTForms has no other look-up
        if field is None:
            form.form_errors.append(words)
        else:
            field.errors = [*field.errors, words]

"""Forms of knowledge. Texts are in the language of the page; the other language stands in fields of its own."""

from collections.abc import Iterable, Mapping

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.form import BaseForm
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from mendloop.knowledge.article_content import ArticleContent
from mendloop.knowledge.content import TEXTS, CaseContent
from mendloop.knowledge.edits import CaseEdits
from mendloop.knowledge.settings import Points
from mendloop.pages.forms import Form, SelectChoice
from mendloop.words import LANGUAGES

Choices = Iterable[tuple[str, str]]


class CheckboxesField(SelectMultipleField):
    """Several of a few; one that is not offered is for the services to refuse."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: BaseForm) -> None:
        """The services know what there is."""


def other_language(language: str) -> str:
    """The one that is not the reader's."""
    return next(each for each in LANGUAGES if each != language)


class CaseForm(Form):
    """A case as its writer finishes it."""

    revision = HiddenField()
    title = StringField("case.title")
    symptom = TextAreaField("case.symptom")
    cause = TextAreaField("case.cause")
    remedy = TextAreaField("case.remedy")
    other_title = StringField("case.title")
    other_symptom = TextAreaField("case.symptom")
    other_cause = TextAreaField("case.cause")
    other_remedy = TextAreaField("case.remedy")
    faults = CheckboxesField("case.faults", choices=[])
    cause_codes = CheckboxesField("case.cause_codes", choices=[])
    remedy_codes = CheckboxesField("case.remedy_codes", choices=[])

    def edits(self, language: str) -> CaseEdits:
        """What was written, by language."""
        return CaseEdits(
            title=self._said("title", language),
            symptom=self._said("symptom", language),
            cause=self._said("cause", language),
            remedy=self._said("remedy", language),
            faults=self.faults.data or [],
            cause_codes=self.cause_codes.data or [],
            remedy_codes=self.remedy_codes.data or [],
        )

    def _said(self, name: str, language: str) -> dict[str, str]:
        other = other_language(language)
        return {language: self[name].data or "", other: self[f"other_{name}"].data or ""}

    def offer(self, codes: Mapping[str, Choices]) -> None:
        """The codes that can be chosen, by field."""
        for name, choices in codes.items():
            self[name].choices = [SelectChoice(*each) for each in choices]


def case_data(content: CaseContent, revision: int, language: str) -> dict[str, object]:
    """A case as its form shows it. What is there in the other language only stands in both, to be gone on from."""
    other = other_language(language)
    found: dict[str, object] = {"revision": str(revision)}
    for name in TEXTS:
        said = getattr(content, name)
        found[name], found[f"other_{name}"] = said.get(language, ""), said.get(other, "")
    return found | {name: list(getattr(content, name)) for name in ("faults", "cause_codes", "remedy_codes")}


class ActForm(Form):
    """What somebody does with a case: how it is called stands in the address."""

    revision = IntegerField("case.revision", [Optional()])
    note = StringField("case.note")
    into = StringField("case.into")
    version = IntegerField("case.version", [Optional()])


class ArticleForm(Form):
    """An article or a bulletin."""

    revision = HiddenField()
    kind = SelectField("article.kind", choices=[], validate_choice=False)
    title = StringField("case.title")
    body = TextAreaField("article.body")
    other_title = StringField("case.title")
    other_body = TextAreaField("article.body")
    products = CheckboxesField("article.products", choices=[])
    faults = CheckboxesField("case.faults", choices=[])

    def content(self, language: str) -> ArticleContent:
        """What was written."""
        other = other_language(language)
        title = {language: (self.title.data or "").strip(), other: (self.other_title.data or "").strip()}
        body = {language: self.body.data or "", other: self.other_body.data or ""}
        return ArticleContent(title, body, tuple(self.products.data or ()), tuple(self.faults.data or ()))


class SynonymsForm(Form):
    """Words that mean the same, a group on each line."""

    synonyms = TextAreaField("knowledge.synonyms")


class PointsForm(Form):
    """What sharing is worth."""

    on = BooleanField("knowledge.points_on")
    published = IntegerField("knowledge.points_published", [Optional()])
    helped = IntegerField("knowledge.points_helped", [Optional()])

    @property
    def points(self) -> Points:
        """The scheme; a number that is none is refused like a wrong one."""
        numbers = [-1 if field.data is None else int(field.data) for field in (self.published, self.helped)]
        return Points(bool(self.on.data), *numbers)

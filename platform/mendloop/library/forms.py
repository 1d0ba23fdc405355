"""Forms of products and fault codes."""

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from mendloop.library.services import KINDS, FaultCodeDetails, ProductDetails
from mendloop.pages.forms import Form, SelectChoice


class TitledForm(Form):
    """A title in both languages, and whether the thing is in use."""

    title_zh = StringField("form.title_zh", [Length(max=200)])
    title_en = StringField("form.title_en", [Length(max=200)])
    active = BooleanField("form.in_use", default=True)

    @property
    def title_words(self) -> dict[str, str]:
        return {"zh-CN": self.title_zh.data or "", "en": self.title_en.data or ""}


class ProductForm(TitledForm):
    key = StringField("form.product_key", [InputRequired(), Length(max=200)])

    @property
    def details(self) -> ProductDetails:
        return ProductDetails((self.key.data or "").strip(), self.title_words, bool(self.active.data))


class FaultCodeForm(TitledForm):
    code = StringField("form.fault_code", [InputRequired(), Length(max=60)])
    kind = SelectField("form.kind", choices=[SelectChoice(kind, f"fault_kind.{kind}") for kind in KINDS])
    parent_code = StringField("form.parent_code", [Length(max=60)])

    @property
    def details(self) -> FaultCodeDetails:
        return FaultCodeDetails(
            code=(self.code.data or "").strip(),
            kind=self.kind.data or "",
            title=self.title_words,
            parent_code=(self.parent_code.data or "").strip(),
            active=bool(self.active.data),
        )

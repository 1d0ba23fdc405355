"""Pages of products, fault codes and templates."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mendloop.accounts.actor import DESIGNER, ENGINEER, OWNER, STOREKEEPER, SUPERVISOR, VIEWER
from mendloop.database import write_transaction
from mendloop.drafts import services as drafts
from mendloop.edge.access import allow
from mendloop.edge.context import current_actor, current_language, current_session
from mendloop.library import services
from mendloop.library.forms import FaultCodeForm, ProductForm
from mendloop.library.outline import outline
from mendloop.pages.forms import Form, show_problems
from mendloop.problems import Refusal
from mendloop.words import local

blueprint = Blueprint("library", __name__, template_folder="pages")
READERS = (OWNER, DESIGNER, SUPERVISOR, STOREKEEPER, VIEWER, ENGINEER)
WRITERS = (OWNER, DESIGNER, SUPERVISOR)


@blueprint.get("/products/")
@allow(*READERS)
def list_products() -> str:
    """Everything that is repaired here."""
    return render_template("products.html", products=services.list_products(current_session(), current_actor()))


@blueprint.get("/products/new")
@allow(*WRITERS)
def new_product() -> str:
    """An empty form."""
    return render_template("product.html", form=ProductForm(formdata=None), product=None)


@blueprint.post("/products/new")
@allow(*WRITERS)
def add_product() -> Response | tuple[str, int]:
    """Take the product in."""
    form = ProductForm()
    try:
        with write_transaction(current_session()) as session:
            services.add_product(session, current_actor(), form.details)
    except Refusal as refusal:
        return _again("product.html", form, refusal, product=None)
    return _saved(form, "library.list_products")


@blueprint.get("/products/<product_id>")
@allow(*WRITERS)
def edit_product(product_id: str) -> str:
    """The form, filled."""
    product = services.access_product(current_session(), current_actor(), product_id)
    form = ProductForm(formdata=None, obj=product, **_titles(product.title))
    return render_template("product.html", form=form, product=product)


@blueprint.post("/products/<product_id>")
@allow(*WRITERS)
def change_product(product_id: str) -> Response | tuple[str, int]:
    """Keep the changes."""
    product = services.access_product(current_session(), current_actor(), product_id)
    form = ProductForm()
    try:
        with write_transaction(current_session()) as session:
            services.change_product(session, current_actor(), product_id, form.details)
    except Refusal as refusal:
        return _again("product.html", form, refusal, product=product)
    return _saved(form, "library.list_products")


@blueprint.get("/fault-codes/")
@allow(*READERS)
def list_fault_codes() -> str:
    """The trees: problems, causes, remedies."""
    codes = services.list_fault_codes(current_session(), current_actor())
    trees = {kind: services.fault_tree(code for code in codes if code.kind == kind) for kind in services.KINDS}
    return render_template("fault_codes.html", trees=trees)


@blueprint.get("/fault-codes/new")
@allow(*WRITERS)
def new_fault_code() -> str:
    """An empty form; `?parent=CODE` begins below that code."""
    parent = services.fault_code_by_code(current_session(), current_actor(), request.args.get("parent", ""))
    start = {"parent_code": parent.code, "kind": parent.kind} if parent else {}
    return _fault_code_page(FaultCodeForm(formdata=None, **start), None)


@blueprint.post("/fault-codes/new")
@allow(*WRITERS)
def add_fault_code() -> Response | tuple[str, int]:
    """Take the code into the tree."""
    form = FaultCodeForm()
    try:
        with write_transaction(current_session()) as session:
            services.add_fault_code(session, current_actor(), form.details)
    except Refusal as refusal:
        show_problems(form, refusal)
        return _fault_code_page(form, None), refusal.status
    return _saved(form, "library.list_fault_codes")


@blueprint.get("/fault-codes/<fault_code_id>")
@allow(*WRITERS)
def edit_fault_code(fault_code_id: str) -> str:
    """The form, filled."""
    found = services.access_fault_code(current_session(), current_actor(), fault_code_id)
    return _fault_code_page(FaultCodeForm(formdata=None, obj=found, **_titles(found.title)), fault_code_id)


@blueprint.post("/fault-codes/<fault_code_id>")
@allow(*WRITERS)
def change_fault_code(fault_code_id: str) -> Response | tuple[str, int]:
    """Keep the changes."""
    services.access_fault_code(current_session(), current_actor(), fault_code_id)
    form = FaultCodeForm()
    try:
        with write_transaction(current_session()) as session:
            services.change_fault_code(session, current_actor(), fault_code_id, form.details)
    except Refusal as refusal:
        show_problems(form, refusal)
        return _fault_code_page(form, fault_code_id), refusal.status
    return _saved(form, "library.list_fault_codes")


@blueprint.get("/templates/")
@allow(*READERS)
def list_templates() -> str:
    """All templates with their newest versions, and the drafts of which there is none yet, for who may see them."""
    session, actor = current_session(), current_actor()
    return render_template(
        "templates.html",
        templates=services.list_templates(session, actor),
        unpublished=drafts.unpublished(session, actor),
        editable={one.id for one in drafts.list_designable(session, actor) if drafts.includes(one.right, "edit")},
    )


@blueprint.get("/templates/<template_id>")
@allow(*READERS)
def show_template(template_id: str) -> str:
    """One template: its versions, and the steps of the newest as a list."""
    session, actor = current_session(), current_actor()
    template = services.access_template(session, actor, template_id)
    versions = services.list_versions(session, actor, template)
    return render_template(
        "template.html",
        template=template,
        versions=versions,
        steps=outline(versions[0].document, current_language()) if versions else [],
        right=drafts.right_of(session, actor, template_id),
        draft_title=drafts.draft_title(session, actor, template_id),
        names=drafts.names_of_people(session, actor),
    )


def _fault_code_page(form: FaultCodeForm, fault_code_id: str | None) -> str:
    codes = services.list_fault_codes(current_session(), current_actor())
    return render_template("fault_code.html", form=form, fault_code_id=fault_code_id, codes=codes)


def _titles(title: dict[str, str]) -> dict[str, str]:
    return {"title_zh": title.get("zh-CN", ""), "title_en": title.get("en", "")}


def _again(page: str, form: Form, refusal: Refusal, **context: object) -> tuple[str, int]:
    show_problems(form, refusal)
    return render_template(page, form=form, **context), refusal.status


def _saved(form: ProductForm | FaultCodeForm, endpoint: str) -> Response:
    flash(local(form.title_words, current_language()), "library.saved")
    return redirect(url_for(endpoint))

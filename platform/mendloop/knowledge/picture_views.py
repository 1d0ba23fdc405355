"""Pictures in articles: one is put into the photo store and into the text, which is not saved by that."""

import hashlib

from flask import request
from werkzeug.wrappers import Response

from mendloop.edge.access import Access, declare
from mendloop.edge.context import current_actor, current_config, current_language, current_session
from mendloop.knowledge import articles
from mendloop.knowledge.article_views import form_page
from mendloop.knowledge.blueprint import blueprint
from mendloop.knowledge.forms import ArticleForm
from mendloop.knowledge.roles import WRITERS, may_edit
from mendloop.photos.services import receive_photo
from mendloop.problems import Forbidden, Problem, Refusal
from mendloop.words import words_of

FOR_TEXT = 1_000_000
"""Bytes of a form beside its picture."""


def put_picture() -> Response | str | tuple[str, int]:
    """The form again, with the picture at the end of its text."""
    form, article_id = ArticleForm(), request.args.get("article")
    article = articles.access_article(current_session(), current_actor(), article_id) if article_id else None
    if article is not None and not may_edit(current_actor(), article):
        raise Forbidden
    try:
        name = _keep()
    except Refusal as refusal:
        form.body.errors = [words_of(each, current_language()) for each in refusal.problems]
        return form_page(form, article), refusal.status
    form.body.data = f"{(form.body.data or '').rstrip()}\n\n![](photo:{name})\n".lstrip()
    return form_page(form, article)


def _keep() -> str:
    file = request.files.get("picture")
    body = file.read() if file is not None else b""
    if not body:
        raise Refusal(Problem("article.picture_missing", at="/body"))
    name = hashlib.sha256(body).hexdigest()
    receive_photo(current_session(), current_actor(), current_config().data_folder, name, body)
    return name


_ACCESS = Access(frozenset(WRITERS), lambda config: config.photo_bytes + FOR_TEXT)
blueprint.add_url_rule("/knowledge/articles/picture", view_func=declare(put_picture, _ACCESS), methods=["POST"])

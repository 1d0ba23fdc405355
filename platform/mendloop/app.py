"""The application factory."""

from importlib import import_module

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from mendloop.api import Api
from mendloop.api.views import install_api
from mendloop.config import Config
from mendloop.database import Database, open_database
from mendloop.edge.context import close_session
from mendloop.edge.errors import install_error_handlers
from mendloop.edge.guard import install_guard
from mendloop.edge.headers import install_headers
from mendloop.edge.identity import install_identity
from mendloop.edge.json_guard import MAX_BYTES
from mendloop.edge.sessions import ServerSessions
from mendloop.edge.static_files import install_static
from mendloop.logs import install_request_logs
from mendloop.pages.render import install_pages

BLUEPRINTS = (
    "mendloop.health",
    "mendloop.accounts.sign_in_views",
    "mendloop.accounts.views",
    "mendloop.accounts.own_views",
    "mendloop.home",
    "mendloop.board.views",
    "mendloop.library.views",
    "mendloop.printed",
    "mendloop.work_orders.views",
    "mendloop.work_orders.record_views",
    "mendloop.work_orders.record_link_views",
    "mendloop.order_parts.views",
    "mendloop.work_orders.new_order_views",
    "mendloop.work_orders.sub_order_views",
    "mendloop.sync.views",
    "mendloop.inventory.views",
    "mendloop.assets.views",
    "mendloop.assets.bom_views",
    "mendloop.recommending.views",
    "mendloop.costing.views",
    "mendloop.costing.order_views",
    "mendloop.costing.margin_views",
    "mendloop.costing.quote_views",
    "mendloop.insights.views",
    "mendloop.insights.export_views",
    "mendloop.insights.own_views",
    "mendloop.insights.flow.views",
    "mendloop.notices.views",
    "mendloop.notices.wish_views",
    "mendloop.notices.mail_views",
    "mendloop.knowledge.views",
    "mendloop.knowledge.push.views",
    "mendloop.runner_pages",
    "mendloop.designer_pages",
)
"""Modules with a `blueprint`."""

APIS = (
    "mendloop.accounts.api",
    "mendloop.library.api",
    "mendloop.drafts.api",
    "mendloop.drafts.versions_api",
    "mendloop.drafts.people_api",
    "mendloop.drafts.gallery_api",
    "mendloop.work_orders.api",
    "mendloop.sync.api",
    "mendloop.photos.api",
    "mendloop.photos.template_pictures",
    "mendloop.inventory.api",
    "mendloop.assets.api",
    "mendloop.assets.position_api",
    "mendloop.costing.api",
    "mendloop.order_parts.api",
    "mendloop.checking.api",
    "mendloop.importing.api",
    "mendloop.recommending.api",
    "mendloop.knowledge.api",
    "mendloop.knowledge.push.api",
)
"""Modules with an `api`."""


def create_app(config: Config, database: Database | None = None) -> Flask:
    """The whole web application. A database that is open already may be given."""
    app = Flask("mendloop", template_folder="pages")
    app.config.update(
        SECRET_KEY=config.secret_key,
        TESTING=config.testing,
        MAX_CONTENT_LENGTH=MAX_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BYTES,
        SESSION_COOKIE_SECURE=config.https,
        PROPAGATE_EXCEPTIONS=False,
    )
    database = database or open_database(config.database_url)
    app.extensions.update(mendloop_config=config, mendloop_database=database)
    app.session_interface = ServerSessions(database)
    _install_edge(app, config)
    _install_features(app)
    return app


def _install_edge(app: Flask, config: Config) -> None:
    if config.behind_proxies:
        count = config.behind_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, count, count, count)  # type: ignore[method-assign]
    install_request_logs(app)
    install_identity(app)
    install_guard(app)
    install_error_handlers(app)
    install_headers(app)
    install_static(app)
    install_pages(app)
    app.teardown_appcontext(close_session)


def _install_features(app: Flask) -> None:
    for name in BLUEPRINTS:
        app.register_blueprint(import_module(name).blueprint)
    apis: list[Api] = [import_module(name).api for name in APIS]
    install_api(app, apis)

"""What all pages of knowledge hang on."""

from flask import Blueprint

blueprint = Blueprint("knowledge", __name__, template_folder="pages")

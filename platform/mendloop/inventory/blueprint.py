"""What all pages of stock hang on, and who may do what there."""

from flask import Blueprint

from mendloop.inventory.roles import CARRIERS, JUDGES, KEEPERS, READERS

__all__ = ["CARRIERS", "JUDGES", "KEEPERS", "READERS", "blueprint"]

blueprint = Blueprint("inventory", __name__, template_folder="pages")

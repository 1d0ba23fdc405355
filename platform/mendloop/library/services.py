"""What other features may ask of the library."""

from mendloop.library.fault_codes import (
    KINDS,
    Branch,
    FaultCodeDetails,
    access_fault_code,
    add_fault_code,
    change_fault_code,
    fault_code_by_code,
    fault_tree,
    list_fault_codes,
)
from mendloop.library.plans import load_plan, plan_text
from mendloop.library.products import (
    ProductDetails,
    access_product,
    add_product,
    change_product,
    list_products,
    product_by_key,
)
from mendloop.library.templates import (
    Published,
    access_template,
    access_version,
    compile_document,
    faults_named_for,
    list_templates,
    list_versions,
    propose_templates,
    publish_template,
    roles_of_templates,
)

__all__ = [
    "KINDS",
    "Branch",
    "FaultCodeDetails",
    "ProductDetails",
    "Published",
    "access_fault_code",
    "access_product",
    "access_template",
    "access_version",
    "add_fault_code",
    "add_product",
    "change_fault_code",
    "change_product",
    "compile_document",
    "fault_code_by_code",
    "fault_tree",
    "faults_named_for",
    "list_fault_codes",
    "list_products",
    "list_templates",
    "list_versions",
    "load_plan",
    "plan_text",
    "product_by_key",
    "propose_templates",
    "publish_template",
    "roles_of_templates",
]

"""What codes, products and checks are called, for reasons that name them."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.knowledge.push.known import Known
from mendloop.knowledge.push.wording import Names
from mendloop.library.services import list_fault_codes, list_products


def names_for(session: Session, actor: Actor, product: str, known: Iterable[Known]) -> Names:
    """All codes and products, and the checks of what is shown; `product` is the one that is asked about."""
    signs = {check.rstrip("+-"): label for each in known for check, label in each.signs.items()}
    faults = {code.code: code.title for code in list_fault_codes(session, actor)}
    products = {each.key: each.title for each in list_products(session, actor)}
    return Names(product, faults, products, signs)


def only_named(names: Names, known: Sequence[Known]) -> Names:
    """What these name: an organisation may have thousands of codes and products."""
    codes = {code for each in known for code in (*each.faults, *each.cause_codes)}
    above = {
        "/".join(path[:end])
        for each in known
        for product in each.products
        if (path := product.split("/"))
        for end in range(1, len(path) + 1)
    }
    faults = {code: title for code, title in names.faults.items() if code in codes}
    products = {key: title for key, title in names.products.items() if key in above}
    return Names(names.product, faults, products, names.checks)

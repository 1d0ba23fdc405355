"""The people of the demonstration organisation, as the sign-in page offers them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.models import Organisation

DEMO_PASSWORD = "demo-mendloop"  # noqa: S105 - it is printed on the sign-in page of demonstrations


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """`does` is a key of the words: what one can see as this person."""

    sign_in_name: str
    name: str
    language: str
    roles: tuple[str, ...]
    work_roles: tuple[str, ...] = ()

    @property
    def does(self) -> str:
        return f"demo.{self.sign_in_name}"


ACCOUNTS = (
    DemoAccount("lin", "林主管 Lin", "zh-CN", ("owner", "designer", "supervisor")),
    DemoAccount("ada", "Ada 工程师", "zh-CN", ("engineer",), ("engineer", "refrigeration")),
    DemoAccount("bo", "Bo", "en", ("engineer",), ("engineer",)),
    DemoAccount("ivy", "Ivy 质检", "zh-CN", ("engineer",), ("engineer", "inspector")),
    DemoAccount("wen", "文库管 Wen", "zh-CN", ("storekeeper",)),
)


def demo_accounts(session: Session) -> tuple[DemoAccount, ...]:
    """The accounts to show, none where no demonstration was loaded."""
    is_demo = session.execute(select(Organisation.id).where(Organisation.is_demo).limit(1)).first()
    return ACCOUNTS if is_demo else ()

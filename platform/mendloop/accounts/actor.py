"""Who is acting: the only thing services learn about the person behind a request."""

from dataclasses import dataclass, field

OWNER, DESIGNER, SUPERVISOR = "owner", "designer", "supervisor"
ENGINEER, STOREKEEPER, VIEWER = "engineer", "storekeeper", "viewer"
ROLES = (OWNER, DESIGNER, SUPERVISOR, ENGINEER, STOREKEEPER, VIEWER)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person of an organisation, as services and templates see them. `work_roles` are their skills in templates."""

    person_id: str
    organisation_id: str
    name: str
    roles: frozenset[str]
    language: str
    work_roles: frozenset[str] = field(default_factory=frozenset)

    def has_any(self, roles: frozenset[str]) -> bool:
        """True when one of `roles` is theirs."""
        return bool(self.roles & roles)

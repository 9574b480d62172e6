"""Who acts: a person with the posts in force at a moment, as plain values. Loaded by people.queries.actor_of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Role(StrEnum):
    """What a post may carry. The value is stored with the post."""

    SUPERIOR_OFFICER = "superior_officer"
    HEAD_SECRETARY = "head_secretary"
    UNIT_LEADER = "unit_leader"
    UNIT_OFFICER = "unit_officer"
    APPRAISER = "appraiser"
    DELEGATE = "delegate"
    RAPPORTEUR = "rapporteur"
    COLLABORATOR = "collaborator"
    EDITOR = "editor"
    AUDITOR = "auditor"
    OPERATOR = "operator"


ANYWHERE: frozenset[int] = frozenset({-1})
"""As the organisations of a role: the role counts wherever its post stands."""


@dataclass(frozen=True, slots=True)
class Power:
    """One action that roles may do: `code` is "slice.verb_noun", `title` its (lazily translated) name for people."""

    code: str
    title: object
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """A post in force: own, or lent for a time by the person `lender_id` (ủy quyền)."""

    post_id: int
    post_title: str
    organisation_id: int
    organisation_name: str
    roles: frozenset[str]
    lender_id: int | None = None
    lender_name: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person and what that person may act by. `using` is the holding a gate has let through, for the journal."""

    person_id: int | None
    name: str
    holdings: tuple[Holding, ...] = ()
    using: Holding | None = None

    def organisations(self, *roles: Role) -> frozenset[int]:
        """Ids of organisations at which any of the roles is held (any role at all when none is named)."""
        return frozenset(h.organisation_id for h in self.holdings if not roles or h.roles.intersection(roles))

    def holds(self, *roles: Role) -> bool:
        """Whether any of the roles is held anywhere."""
        return any(h.roles.intersection(roles) for h in self.holdings)

    def by(self, power: Power, at: Mapping[Role, Iterable[int]]) -> "Actor | None":
        """The same actor with the holding that gives `power`, or None. Own posts come before lent ones.

        `at` says for each role at which organisations it counts; a role of the power that is missing there never does.
        """
        for holding in sorted(self.holdings, key=lambda h: h.lender_id is not None):
            for role in power.roles:
                places = frozenset(at.get(role, ()))
                if role in holding.roles and (places == ANYWHERE or holding.organisation_id in places):
                    return replace(self, using=holding)
        return None


def with_post(name: str, post: str) -> str:
    """ "Nguyễn Văn A, Trưởng ban"; the name alone where there is no post, or where the name begins with it already, as that of a
    person who is known by the post ("Thư ký cụm · Ban Tuyên giáo")."""
    plain, title = name.casefold(), post.strip().casefold()
    rest = plain[len(title) :]
    said = plain.startswith(title) and not (title and rest[:1].isalnum())
    return name if said else f"{name}, {post}"


def who(by: Actor) -> str:
    """Name and post for the records: "Nguyễn Văn A, Trưởng ban"."""
    return with_post(by.name, by.using.post_title if by.using else "")


SYSTEM = Actor(None, "thidua")
"""The installation itself: reactions and set-up."""

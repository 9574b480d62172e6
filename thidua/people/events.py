"""Facts about people and their posts."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class OrganisationEntered:
    """An organisation was entered in the tree."""

    organisation_id: int
    name: str


@dataclass(frozen=True, slots=True)
class OrganisationRenamed:
    """An organisation has another name from a day on; the old one stays in its history."""

    organisation_id: int
    old_name: str
    new_name: str
    from_day: date


@dataclass(frozen=True, slots=True)
class PersonEntered:
    """An account was made for a person."""

    person_id: int
    username: str


@dataclass(frozen=True, slots=True)
class PersonSuspended:
    """An account was closed; its sessions are over."""

    person_id: int
    username: str


@dataclass(frozen=True, slots=True)
class PersonReinstated:
    """A closed account was opened again."""

    person_id: int
    username: str


@dataclass(frozen=True, slots=True)
class PostEntered:
    """A post was set up at an organisation, with its roles."""

    post_id: int
    organisation_id: int
    post: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostTaken:
    """A person holds a post from a day on."""

    tenure_id: int
    post_id: int
    holder_id: int
    holder: str
    post: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class PostLeft:
    """A person's tenure of a post ends."""

    tenure_id: int
    holder: str
    post: str
    ends_on: date


@dataclass(frozen=True, slots=True)
class PowerLent:
    """A holder lent the power of a post for a time (ủy quyền)."""

    delegation_id: int
    post_id: int
    lender_id: int
    borrower_id: int
    borrower: str
    post: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class PowerTakenBack:
    """A delegation was ended before its time."""

    delegation_id: int
    borrower: str
    post: str


@dataclass(frozen=True, slots=True)
class SignInCodeIssued:
    """A one-time code for the first sign-in was printed. The code itself is nowhere."""

    person_id: int
    username: str


@dataclass(frozen=True, slots=True)
class PersonActivated:
    """A person used the one-time code and chose a password."""

    person_id: int
    username: str


@dataclass(frozen=True, slots=True)
class SessionsRevoked:
    """Sessions of a person were ended: all by the operator, or one by that person from another browser."""

    person_id: int
    username: str
    sessions: int


@dataclass(frozen=True, slots=True)
class SecondStepRemoved:
    """The operator removed a person's second step of sign-in (lost phone or key)."""

    person_id: int
    username: str

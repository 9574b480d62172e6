"""Facts about articles. The journal keeps titles and numbers, never the text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArticleWritten:
    """An article was begun, as a draft."""

    article_id: int
    year_id: int | None
    organisation_id: int
    title: str


@dataclass(frozen=True, slots=True)
class ArticleEdited:
    """Words of an article were changed; `public` when readers see them at once."""

    article_id: int
    year_id: int | None
    revision: int
    title: str
    public: bool


@dataclass(frozen=True, slots=True)
class PhotoAdded:
    """A photo came to an article; `sha256` is of what readers get."""

    article_id: int
    year_id: int | None
    photo_id: int
    sha256: str
    title: str


@dataclass(frozen=True, slots=True)
class PhotoRemoved:
    """A photo was taken out of an article."""

    article_id: int
    year_id: int | None
    photo_id: int
    title: str


@dataclass(frozen=True, slots=True)
class ArticlePublished:
    """An article became public."""

    article_id: int
    year_id: int | None
    revision: int
    title: str


@dataclass(frozen=True, slots=True)
class ArticleWithdrawn:
    """A public article was taken back, with the reason that readers are told."""

    article_id: int
    year_id: int | None
    title: str
    reason: str

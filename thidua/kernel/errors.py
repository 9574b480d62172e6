"""The expected "no": a value with a code and facts; the sentence is made at the edge (see web.sentences)."""


class Refused(Exception):
    """An action that was not done, for a reason a person can act on.

    `code` is "slice.reason"; `facts` fill the placeholders of the sentence that the slice keeps for the code in its
    `sentences.py`. A fact named `field` tells the form at which field the sentence belongs.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}" if self.facts else self.code


class Absent(Refused):
    """What was asked for is not there, or not there for this person: one and the same answer (404)."""

    def __init__(self) -> None:
        super().__init__("web.absent")


class Forbidden(Refused):
    """The page may be seen, but the roles held do not allow this step (403 with a sentence)."""

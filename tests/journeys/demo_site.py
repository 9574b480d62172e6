"""The demo year, built once for a module of tests, and a walker that follows its links to every kind of page."""

import io
import re
import zipfile
from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve
from python_calamine import CalamineWorkbook

from tests.journeys.visitor import text_of_pdf
from thidua.people.models import Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LINKS = {"a": "href", "img": "src", "link": "href", "script": "src", "use": "href"}
STATIC = "/static/"


def client_of(username: str = "") -> Client:
    """A client signed in under the name; without a name a stranger."""
    client = Client(raise_request_exception=False)
    if username:
        client.force_login(Person.objects.get(username=username), backend=BACKEND)
    return client


class Reading(HTMLParser):
    """What a page says about itself: its language, title, headings, links and words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language, self.title, self.headings, self.links, self._words = "", "", 0, [], []
        self._inside = ""
        self.feed(html)

    @property
    def words(self) -> str:
        """The text of the page in one line."""
        return " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "html":
            self.language = values.get("lang") or ""
        self.headings += tag == "h1"
        self._inside = tag if tag in ("title", "script", "style") else self._inside
        address = values.get(LINKS.get(tag, ""))
        if address and not (tag == "link" and values.get("rel") == "canonical"):
            self.links.append(address)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data
        elif not self._inside:
            self._words.append(data)


@dataclass
class Walk:
    """What a person comes across by following links from the first page on: answers by address. `most`: so many are visited of
    those that differ only in which unit, document, task or report they are about."""

    username: str
    start: str = "/"
    most: int = 2
    pages: dict[str, Reading] = field(default_factory=dict)
    papers: dict[str, bytes] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def go(self) -> "Walk":
        """Breadth first, every address once."""
        client, waiting, known = client_of(self.username), deque([(self.start, "")]), {self.start}
        kinds: Counter[object] = Counter()
        while waiting:
            address, found_on = waiting.popleft()
            response = client.get(address)
            for link in self._visit(address, found_on, response):
                if link not in known and kinds[kind_of(link)] < self.most:
                    known.add(link)
                    kinds[kind_of(link)] += 1
                    waiting.append((link, address))
        return self

    def _visit(self, address: str, found_on: str, response: HttpResponse) -> list[str]:
        """Note what is wrong with an answer; the addresses of this site to which it leads."""
        kind = response.headers.get("Content-Type", "")
        if response.status_code == 302:
            return [_address(response.headers["Location"], address)]
        if response.status_code != 200:
            self.faults.append(f"{response.status_code} {address}, linked on {found_on} ({self.username})")
            return []
        if not kind.startswith("text/html"):
            self.papers[address] = response.getvalue()
            return []
        html = response.content.decode()
        self.pages[address] = reading = Reading(html)
        self.faults += [f"{fault}: {address} ({self.username})" for fault in faults_of(reading, html, response)]
        return [link for each in reading.links if (link := _address(each, address)) and not link.startswith(STATIC)]


def kind_of(address: str) -> object:
    """What addresses of one kind have in common: the page, the cluster year, and what is asked for. An address that is none has a
    kind of its own, so that the fault is found."""
    parts = urlsplit(address)
    try:
        found = resolve(parts.path)
    except Resolver404:
        return address
    asked = frozenset(name for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    paper = found.kwargs.get("kind") if found.kwargs.get("kind") in ("pdf", "docx", "xlsx") else ""
    return found.view_name, found.kwargs.get("cluster"), found.kwargs.get("year"), paper, asked


def faults_of(reading: Reading, html: str, response: HttpResponse) -> list[str]:
    """What every page owes its reader: a policy, a language, one heading, a title, and no code in the page itself."""
    owed = {
        "no content security policy": "Content-Security-Policy" in response.headers,
        "no language": reading.language in ("vi", "en"),
        f"{reading.headings} headings of the first level": reading.headings == 1,
        "no title": len(reading.title.split("·")[0].strip()) > 2,
        "style or handler in the page": not re.search(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)", html),
    }
    return [fault for fault, held in owed.items() if not held]


def _address(link: str, base: str) -> str:
    """A link as an address of this site, without its fragment; empty for other sites."""
    parts = urlsplit(urljoin(base, urldefrag(link).url))
    if parts.netloc or parts.scheme:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def text_of_paper(content: bytes, folder: Path) -> str:
    """The words of a downloaded paper in one line: PDF (read through a file in the folder), DOCX, XLSX or text."""
    if content.startswith(b"%PDF"):
        (folder / "paper.pdf").write_bytes(content)
        return text_of_pdf(folder / "paper.pdf")
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            told = [parts.read(name).decode() for name in parts.namelist() if re.match(r"word/\w+\.xml", name)]
        if told:
            return " ".join(re.sub(r"<[^>]+>", " ", " ".join(told)).split())
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
        return " ".join(str(cell) for rows in sheets for row in rows for cell in row)
    return content.decode(errors="replace")

"""A person at the screen: reads labels, presses buttons, and looks at every page that comes up.

What is not to be found by its label or role cannot be used by a person who reads only the screen, so nothing here uses
anything else.
"""

import re
import subprocess
import zipfile
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe()
SIDEWAYS = "() => document.documentElement.scrollWidth - window.innerWidth"
TOO_WIDE = """() => [...document.querySelectorAll("main *")].filter((each) => !each.closest(".table-responsive") &&
    each.getBoundingClientRect().right > window.innerWidth + 1).slice(-2).map((each) => each.outerHTML.slice(0, 120)).join()"""
"""What does not fit, the innermost last."""
TO_TOP = "() => window.scrollTo({top: 0, behavior: 'instant'})"
SHAPE = """() => [location.pathname, window.innerWidth, ...document.body.querySelectorAll("*")].map(
    (each) => each.tagName ? each.tagName + "." + each.getAttribute("class") : each).join()"""
"""A page's address, the screen's width and the elements: what axe finds does not depend on the words between them."""


class Visitor:
    """One person with one browser window. `complaints` are what axe, the screen's width and the browser's console say against
    the pages; `examined` holds the shapes of pages that axe has examined, and is shared by all visitors of a journey."""

    def __init__(self, context: BrowserContext, name: str, examined: set[int]) -> None:
        self.context, self.name, self.complaints, self._examined = context, name, [], examined
        self.page: Page = context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("dialog", lambda dialog: dialog.accept())

    def _hear(self, said) -> None:
        if said.type == "error" and "422" not in said.text:  # a refused cell is told at the cell
            self.complaints.append(f"{self.page.url}: {said.text}")

    # moving about

    def open(self, address: str) -> "Visitor":
        """Type an address, as one does at the beginning."""
        self.page.goto(address)
        return self.look()

    def sign_in(self, password: str) -> "Visitor":
        """Come to the site and sign in under the visitor's name."""
        self.open("/").follow("Đăng nhập")
        self.write("Tên đăng nhập", self.name)
        self.write("Mật khẩu", password)
        return self.press("Đăng nhập")

    def follow(self, name: str, within: Locator | None = None) -> "Visitor":
        """Follow the link of this name."""
        (within or self.page).get_by_role("link", name=name, exact=True).first.click()
        return self.look()

    def press(self, name: str | re.Pattern, within: Locator | None = None) -> "Visitor":
        """Press the button of this name; what comes is looked at."""
        exact = {"exact": True} if isinstance(name, str) else {}
        (within or self.page).get_by_role("button", name=name, **exact).first.click()
        return self.look()

    def turn_to(self, tab: str) -> "Visitor":
        """Turn to a tab of the cluster year."""
        return self.follow(tab, self.page.get_by_role("navigation", name="Năm thi đua"))

    # filling in

    def write(self, label: str | re.Pattern, text: str, within: Locator | None = None) -> None:
        """Write into the field of this label."""
        exact = {"exact": True} if isinstance(label, str) else {}
        (within or self.page).get_by_label(label, **exact).fill(text)

    def type_and_see_saved(self, label: str, text: str, told: str = "") -> None:
        """Type into a cell that is saved as one types, move on, and wait for the page to say what became of it."""
        field = self.page.get_by_label(label, exact=True)
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            field.fill(text)
            field.press("Tab")
        row = self.page.get_by_role("row").filter(has=field)
        expect(row if told else self.page.get_by_role("status").filter(has_text="Đã lưu")).to_contain_text(told or "Đã lưu")
        self.look()

    def choose(self, label: str, option: str) -> None:
        """Choose from a list."""
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def tick(self, label: str | re.Pattern, within: Locator | None = None) -> None:
        """Tick a box or one of several choices."""
        exact = {"exact": True} if isinstance(label, str) else {}
        (within or self.page).get_by_label(label, **exact).check()

    def attach(self, label: str, *files: Path) -> None:
        """Choose files for a file field."""
        self.page.get_by_label(label, exact=True).set_input_files(list(files))

    def download(self, name: str) -> Path:
        """Follow a link that gives a file; the file."""
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name=name, exact=True).click()
        return Path(coming.value.path())

    # looking

    def look(self) -> "Visitor":
        """Wait for the page; complain if it does not fit the screen or axe finds a fault. No shape is examined twice."""
        self.page.wait_for_load_state("load")
        wider = self.page.evaluate(SIDEWAYS)
        if wider > 0:
            self.complaints.append(f"{self.page.url} scrolls sideways by {wider} px: {self.page.evaluate(TOO_WIDE)}")
        shape = hash(self.page.evaluate(SHAPE))
        if shape not in self._examined:
            self._examined.add(shape)
            self.page.evaluate(TO_TOP)  # what a sticky bar lies over must not depend on the step before
            found = AXE.run(self.page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
            told = [f"{v['id']}: {v['help']}: {[n['html'][:200] for n in v['nodes'][:4]]}" for v in found]
            self.complaints += [f"{self.page.url} {fault}" for fault in told]
        return self

    def reads(self, *texts: str) -> "Visitor":
        """These words stand on the page and can be seen."""
        for text in texts:
            expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()
        return self

    def titled(self, heading: str) -> "Visitor":
        """The page's heading says this."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)
        return self


def text_of_pdf(file: Path) -> str:
    """The words of a PDF in one line."""
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


def text_of_docx(file: Path) -> str:
    """The words of a DOCX in one line, headers and footers with them."""
    with zipfile.ZipFile(file) as parts:
        told = [parts.read(name).decode() for name in parts.namelist() if re.match(r"word/\w+\.xml", name)]
    return " ".join(re.sub(r"<[^>]+>", "", " ".join(told)).split())

"""A person at the screen who has no mouse: everything is reached by Tab and done by keys."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.visitor import Visitor

MOST_TABS = 600
"""So many presses of Tab and what is wanted is still not reached: it cannot be reached."""
FOCUS = """(wanted) => {
    const at = document.activeElement;
    if (!at || at === document.body || at === document.documentElement) return [false, "", ""];
    const box = at.getBoundingClientRect(), style = getComputedStyle(at);
    const ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
    const between = (low, high, part) => low + (high - low) * part;
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    const seen = right > left && bottom > top && [0.1, 0.5, 0.9].some((across) => [0.1, 0.5, 0.9].some((down) => {
        const there = document.elementFromPoint(between(left, right, across), between(top, bottom, down));
        return there && (at.contains(there) || there.contains(at));
    }));
    const fault = !ring ? "nothing shows the focus on" : !seen ? "the focus is out of sight on" : "";
    return [at === wanted, fault, at.outerHTML.slice(0, 160)];
}"""
"""Whether the focus is on what is wanted, and what is wrong with how it is shown (WCAG 2.4.7, 2.4.11)."""
IS_BEHIND = """(wanted) => !!(document.activeElement && document.activeElement !== document.body
    && wanted.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"""


class KeyboardVisitor(Visitor):
    """A visitor who follows, presses, writes and chooses as any other, by keys alone."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)
        self.page.emulate_media(reduced_motion="reduce")  # a page that is still gliding to the focus is no page without it

    def reach(self, target: Locator) -> Locator:
        """Tab to it, backwards where it lies behind. On the way each thing in focus must be seen to be in focus."""
        wanted = target.first
        expect(wanted).to_be_visible()
        handle = wanted.element_handle()
        key = "Shift+Tab" if handle.evaluate(IS_BEHIND) else "Tab"
        for presses in range(MOST_TABS):
            here, fault, told = self.page.evaluate(FOCUS, handle)
            if presses and fault and (complaint := f"{self.page.url}: {fault} {told}") not in self.complaints:
                self.complaints.append(complaint)
            if here:
                return wanted
            self.page.keyboard.press(key)
        raise AssertionError(f"{self.page.url}: {MOST_TABS} tabs do not lead to {target}")

    def strike(self, *keys: str) -> "KeyboardVisitor":
        """Press these keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def retype(self, text: str) -> None:
        """Type over what stands in the field in focus."""
        self.strike("Control+a", "Delete")
        self.page.keyboard.type(text)

    def on(self, label: str) -> "KeyboardVisitor":
        """The focus is on the field of this label."""
        expect(self.page.get_by_label(label, exact=True)).to_be_focused()
        return self

    def go(self, key: str = "Enter") -> "KeyboardVisitor":
        """Press a key that leads to another page; what comes is looked at."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        return self.look()

    # as any visitor

    def follow(self, name: str, within: Locator | None = None) -> "KeyboardVisitor":
        """Follow the link of this name."""
        self.reach((within or self.page).get_by_role("link", name=name, exact=True))
        return self.go()

    def press(self, name: str | re.Pattern, within: Locator | None = None) -> "KeyboardVisitor":
        """Press the button of this name; it sends a form."""
        exact = {"exact": True} if isinstance(name, str) else {}
        self.reach((within or self.page).get_by_role("button", name=name, **exact))
        return self.go()

    def unfold(self, words: str | re.Pattern) -> "KeyboardVisitor":
        """Open what is folded under these words."""
        self.reach(self.page.locator("summary").filter(has_text=words))
        self.strike("Enter")
        return self.look()

    def write(self, label: str | re.Pattern, text: str, within: Locator | None = None) -> None:
        """Write into the field of this label."""
        exact = {"exact": True} if isinstance(label, str) else {}
        self.reach((within or self.page).get_by_label(label, **exact))
        self.retype(text)

    def choose(self, label: str, option: str) -> None:
        """Choose from a list by its arrows."""
        field = self.reach(self.page.get_by_label(label, exact=True))
        options = [" ".join(words.split()) for words in field.locator("option").all_inner_texts()]
        steps = options.index(option) - int(field.evaluate("(list) => list.selectedIndex"))
        self.strike(*["ArrowDown" if steps > 0 else "ArrowUp"] * abs(steps))
        assert field.evaluate("(list) => list.selectedOptions[0].text.trim()") == option

    def tick(self, label: str | re.Pattern, within: Locator | None = None) -> None:
        """Tick a box."""
        exact = {"exact": True} if isinstance(label, str) else {}
        box = self.reach((within or self.page).get_by_label(label, **exact))
        if not box.is_checked():
            self.strike("Space")
        expect(box).to_be_checked()

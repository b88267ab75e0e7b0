"""People at a browser who know the words on the pages and nothing else: no address, no form field's name."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.chromium import launched
from tests.journeys.product import Product

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 780}
PATIENCE_MS = 20_000
Words = str | re.Pattern[str]
ON_A_SLATE = re.compile(r"^名单第 \d+ 号・")
RESOLUTION = re.compile(r"^云委发〔\d{4}〕\d+号$")


@dataclass
class Person:
    """Somebody before a page."""

    page: Page

    def press(self, words: Words, *, exact: bool = False, within: Locator | None = None) -> None:
        """The one link or button of these words that can be seen."""
        self.found(words, exact=exact, within=within).click()
        self.page.wait_for_load_state()

    def found(self, words: Words, *, exact: bool = False, within: Locator | None = None) -> Locator:
        area = within if within is not None else self.page.locator("body")
        link = area.get_by_role("link", name=words, exact=exact)
        both = link.or_(area.get_by_role("button", name=words, exact=exact))
        return both.filter(visible=True)

    def types(self, label: str, text: str, *, slowly: bool = False) -> None:
        box = self.page.get_by_label(label).filter(visible=True)
        if slowly:
            box.press_sequentially(text, delay=15)
        else:
            box.fill(text)

    def ticks(self, label: str) -> None:
        self.page.get_by_label(label).check()

    def reads(self, words: Words) -> None:
        expect(self.page.locator("body")).to_contain_text(words)

    def heads(self, words: Words) -> None:
        """The page's title says so."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    def row(self, words: str) -> Locator:
        return self.page.get_by_role("row").filter(has_text=words)

    def menu(self, words: str) -> None:
        """A place of the top bar, behind its menu on a phone."""
        bar = self.page.get_by_role("banner")
        opener = bar.get_by_role("button", name="菜单").filter(visible=True)
        if opener.count():
            opener.click()
        bar.get_by_role("link", name=re.compile(rf"^{words}( \d+)?$")).click()
        self.page.wait_for_load_state()

    def takes(self, matter: Words) -> None:
        """Open what waits in the inbox under this title."""
        self.menu("待办")
        self.press(matter, exact=True)

    def leaves(self) -> None:
        """They close their browser: an open page would follow everything that comes after."""
        self.page.context.close()

    def comes(self, matter: str) -> None:
        """Wait for what a clock brings into the inbox, and open it."""
        self.menu("待办")
        self.found(matter, exact=True).wait_for()
        self.press(matter, exact=True)


@dataclass
class Company:
    """The demo's people, each in a browser of their own, logged in by the log-in page when first needed."""

    browser: Browser
    product: Product
    people: dict[str, Person] = field(default_factory=dict)

    def desk(self, username: str) -> Person:
        return self._at(username, DESK)

    def phone(self, username: str) -> Person:
        return self._at(username, PHONE)

    def resident(self, *, scripts: bool = True) -> Person:
        """Somebody without a log-in who opens the site's address."""
        return self._sits_down(PHONE, java_script_enabled=scripts)

    def leaves(self, *usernames: str) -> None:
        for username in usernames:
            self.people.pop(username).leaves()

    def _at(self, username: str, size: Any) -> Person:
        if username not in self.people:
            person = self.people[username] = self._sits_down(size)
            row = next(login for login in self.product.logins if login["username"] == username)
            person.types("用户名", username)
            person.types("密码", row["password"])
            person.press("登录", exact=True, within=person.page.get_by_role("main"))
            person.heads("我的待办")
        return self.people[username]

    def _sits_down(self, size: Any, **options: Any) -> Person:
        context = self.browser.new_context(locale="zh-CN", viewport=size, **options)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.goto(self.product.base)
        return Person(page)


@contextmanager
def company(program: Path, product: Product, pictures: Path) -> Iterator[Company]:
    """A browser with everybody; where a test fails, what each of them last saw is kept in `pictures`."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright, launched(playwright, program) as browser:
        found = Company(browser, product)
        try:
            yield found
        except BaseException as failure:
            for name, person in found.people.items():
                person.page.screenshot(path=pictures / f"{name}.png", full_page=True)
            failure.add_note(f"what they saw: {pictures}")
            raise

"""Where each key of a TOML text stands. The text has been read by tomllib before, so it is well formed."""

import re

from services.workflow.domain.faults import KeyPath

BARE = re.compile(r"[A-Za-z0-9_-]+")
BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
SCALAR = re.compile(r"[^,\]}#\n]+")
# Three quotes end a long text; up to two more may stand before them.
STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2}(?!"))'
    r"|'''.*?'''(?:'{0,2}(?!'))"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)


def lines_of(text: str) -> dict[KeyPath, int]:
    """The line, counted from 1, of every table, key and list entry."""
    return _Scanner(text).scan()


def line_of(lines: dict[KeyPath, int], path: KeyPath) -> int:
    """The line of a key; of the nearest table around it where it is missing; 1 at the top of the file."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[KeyPath, int] = {}
        self.entries: dict[KeyPath, int] = {}  # how many tables a list of tables has so far
        self.counted, self.line = 0, 1

    def scan(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        while self._skip_blank():
            if self._take("[["):
                table = self._list_table()
            elif self._take("["):
                table = self._within(self._key())
                self._note(table)
                self._skip_past("]")
            else:
                self._pair(table)
        return self.lines

    def _list_table(self) -> KeyPath:
        key = self._key()
        path = (*self._within(key[:-1]), key[-1])
        index = self.entries.get(path, 0)
        self.entries[path] = index + 1
        self._note(path)
        self._note((*path, index))
        self._skip_past("]]")
        return (*path, index)

    def _within(self, key: KeyPath) -> KeyPath:
        """The full path of a header: a list of tables means its last entry."""
        path: KeyPath = ()
        for part in key:
            path = (*path, part)
            if path in self.entries:
                path = (*path, self.entries[path] - 1)
        return path

    def _pair(self, table: KeyPath) -> None:
        path = table
        line_at = self.at
        for part in self._key():
            path = (*path, part)
            self._note(path, line_at)
        self._skip_past("=")
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        self._skip_blank()
        if string := STRING.match(self.text, self.at):
            self.at = string.end()
        elif self._take("["):
            self._until("]", path, is_list=True)
        elif self._take("{"):
            self._until("}", path, is_list=False)
        elif scalar := SCALAR.match(self.text, self.at):
            self.at = scalar.end()

    def _until(self, end: str, path: KeyPath, *, is_list: bool) -> None:
        index = 0
        while self._skip_blank() and not self._take(end):
            if self._take(","):
                continue
            if is_list:
                self._note((*path, index))
                self._value((*path, index))
                index += 1
            else:
                self._pair(path)

    def _key(self) -> KeyPath:
        parts: list[str | int] = []
        while True:
            self._skip_blank()
            if string := STRING.match(self.text, self.at):
                parts.append(string.group()[1:-1])
                self.at = string.end()
            elif bare := BARE.match(self.text, self.at):
                parts.append(bare.group())
                self.at = bare.end()
            self._skip_blank()
            if not self._take("."):
                return tuple(parts)

    def _note(self, path: KeyPath, at: int | None = None) -> None:
        position = self.at if at is None else at
        if position >= self.counted:
            self.line += self.text.count("\n", self.counted, position)
            self.counted = position
        self.lines.setdefault(path, self.line)

    def _take(self, token: str) -> bool:
        found = self.text.startswith(token, self.at)
        self.at += len(token) if found else 0
        return found

    def _skip_blank(self) -> bool:
        blank = BLANK.match(self.text, self.at)
        self.at = blank.end() if blank else self.at
        return self.at < len(self.text)

    def _skip_past(self, token: str) -> None:
        self._skip_blank()
        self._take(token)

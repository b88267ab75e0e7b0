"""The one exception for what is expected and not allowed."""


class Refused(Exception):
    """A step, save or input that the rules do not allow.

    `code` is stable and documented in docs/codes.md; `params` fill the sentence that `wording` keeps for it.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return f"{self.code} {self.params}" if self.params else self.code

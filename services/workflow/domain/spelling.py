"""How Chinese names are spelled in Latin letters, for sorting, searching and codes."""


def spelled(name: str) -> str:
    """The syllables of a name in pinyin without tones, between spaces: 听泉社区 is "ting quan she qu"."""
    from pypinyin import lazy_pinyin  # slow import

    return " ".join(lazy_pinyin(name))


def initials(name: str) -> str:
    """The first letter of each syllable, in lower case: 文明社区 is "wmsq"; what is not Chinese stays as it is."""
    from pypinyin import Style, lazy_pinyin  # slow import

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()

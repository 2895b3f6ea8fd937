"""Latin-1 text that never was Latin-1: UTF-8, Cyrillic, Japanese, Chinese and Korean bytes in old ID3 tags."""

import re

from medley.adapters.media._tag_values import Tags

# Three or more bytes above ASCII in a row: rare in words of Western languages, the rule in all others.
_RUN = re.compile("[\x80-\xff]{3,}")
_WESTERN = re.compile("[a-z]{2}|^[\x00-\x7f]*$")  # beside a file's East Asian text: a Latin word
_HIGH = re.compile("[\x80-\xff]")
_CONTROL = re.compile("[\x80-\x9f]")
_LETTER = re.compile("[A-Za-z]")
_RUSSIAN = re.compile("[А-ЯЁҐЄІЇЎЈЉЊЋЏЂЃЌ]?[а-яёґєіїўјљњћџђѓќ]*|[А-ЯЁҐЄІЇЎЈЉЊЋЏЂЃЌ]+")
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = ("cp1251", "koi8_r")
_LEVELS = {
    "cp932": (0x88, 0x97, "shift_jis"),
    "cp949": (0xB0, 0xC8, "euc_kr"),
    "gb18030": (0xB0, 0xD7, "gb2312"),
    "big5": (0xA4, 0xC6, "big5"),
}
# In the order in which ties are broken: Hangul read as Chinese is common Chinese, hardly ever the other way round.
_COMMON = (*_CYRILLIC, *_LEVELS)
_SURE = 0.75
_OTHERS = ["cp1253", "cp1255", "cp1256", "cp874"]


def repair(tags: Tags, names: list[str]) -> None:
    """Replace the values of `names` by what their bytes mean, where they do not look like Western text.

    All doubtful values of a file are judged together: one title is too short to tell Cyrillic from Greek.
    """
    values = [value for name in names for value in tags.get(name, ()) if suspicious(value)]
    coding = _coding(values) if values else ""
    for name in names:
        tags[name] = [_repaired(value, coding) for value in tags.get(name, ())]


def suspicious(text: str) -> bool:
    """Whether `text`, decoded as Latin-1, hardly can be that."""
    if text.isascii():
        return False
    high, letters = len(_HIGH.findall(text)), len(_LETTER.findall(text))
    if _CONTROL.search(text):
        return high * 2 >= letters  # fewer are the dashes and quotes of Windows-1252
    return high >= letters and (high >= 4 or bool(_RUN.search(text)))


def decode(data: bytes) -> str:
    """The text of a small text file of unknown encoding (cue sheets, lyrics)."""
    for mark, coding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(coding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    lines = [line for line in text.splitlines() if suspicious(line)]
    coding = _coding(lines) if lines else ""
    return data.decode(coding or "cp1252", "replace")


def _coding(values: list[str]) -> str:
    try:
        data = "\n".join(values).encode("latin-1")
    except UnicodeEncodeError:
        return ""  # characters beyond Latin-1: it was decoded right
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        return _detected(data)


def _detected(data: bytes) -> str:
    scores = [(_plausible(data, coding), coding) for coding in _COMMON]
    score, coding = max(scores, key=lambda pair: pair[0])
    return coding if score >= _SURE else _guessed(data)


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes  # heavy, and few libraries need it

    best = from_bytes(data, cp_isolation=_OTHERS, threshold=0.4, preemptive_behaviour=False).best()
    return best.encoding if best else ""


def _plausible(data: bytes, coding: str) -> float:
    """The share of characters that people who write in `coding` use every day, were `data` written in it."""
    try:
        text = data.decode(coding)
    except UnicodeDecodeError:
        return 0.0
    foreign = [char for char in text if not char.isascii()]
    if coding in _CYRILLIC:
        return _russian(text, coding) / len(foreign)
    return sum(_everyday(char, coding) for char in foreign) / len(foreign)


def _russian(text: str, coding: str) -> float:
    """How many letters are in words written as Cyrillic words are; half of them when capitals tell against it.

    Hebrew read as Windows-1251 has no capitals, read as KOI8 nothing but capitals.
    """
    words = [word for word in _WORD.findall(text) if _RUSSIAN.fullmatch(word)]
    usual = any(word[0].isupper() for word in words) and (coding == "cp1251" or any(map(str.istitle, words)))
    return sum(map(len, words)) * (1.0 if usual else 0.5)


def _everyday(char: str, coding: str) -> bool:
    """Whether `char` is in the first, most used level of the national standard behind `coding`.

    GB 2312 rows B0–D7, Big5 rows A4–C6, KS X 1001 Hangul, JIS X 0208 kana and level 1; their signs count too.
    """
    if "\u3040" <= char <= "\u30ff" or "\u3000" <= char <= "\u3011":
        return True
    first, last, standard = _LEVELS[coding]
    try:
        code = char.encode(standard)
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and first <= code[0] <= last


def _repaired(value: str, coding: str) -> str:
    if suspicious(value) or (coding in _LEVELS and not _WESTERN.search(value)):
        return _decoded(value, coding) if coding else value
    utf8 = _decoded(value, "utf-8")
    return utf8 if utf8 != value else _decoded(value, "cp1252")


def _decoded(value: str, coding: str) -> str:
    try:
        return value.encode("latin-1").decode(coding)
    except UnicodeError:
        return value

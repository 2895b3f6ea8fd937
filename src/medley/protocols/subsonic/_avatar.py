"""An avatar: initials on a colour that a name always has. PNG, as apps decode nothing more modern everywhere."""

import colorsys
import hashlib
import io
from functools import lru_cache

_SIZE = 256  # pixels


@lru_cache(128)
def avatar(name: str) -> bytes:
    """PNG, square. Letters that the built-in font does not have are left out: the colour stays."""
    from PIL import Image, ImageDraw, ImageFont  # heavy, and seldom needed

    hue = hashlib.blake2b(name.casefold().encode("utf-8", "replace"), digest_size=2).digest()
    shade = colorsys.hls_to_rgb(int.from_bytes(hue, "big") / 65_536, 0.42, 0.5)
    picture = Image.new("RGB", (_SIZE, _SIZE), tuple(int(each * 255) for each in shade))
    text = "".join(letter for letter in initials(name) if letter.isascii() or "À" <= letter <= "ſ")
    font = ImageFont.load_default(_SIZE * 0.45)
    ImageDraw.Draw(picture).text((_SIZE / 2, _SIZE / 2), text, fill="white", font=font, anchor="mm")
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def initials(name: str) -> str:
    """The first letters of the first and the last word."""
    words = [word for word in name.replace(".", " ").replace("_", " ").replace("-", " ").split() if word]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

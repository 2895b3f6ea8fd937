"""Languages as file names spell them, given as BCP 47 tags."""

import re

from medley.core.kinds._names import fold

# ISO 639-1.
_TWO = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es
et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj
kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv
ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti
tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
# ISO 639-2, both its spellings, where files use it although a shorter code exists.
_THREE = """
eng:en ger:de deu:de fre:fr fra:fr spa:es ita:it por:pt dut:nl nld:nl swe:sv dan:da nor:no nob:nb nno:nn fin:fi ice:is
isl:is pol:pl cze:cs ces:cs slo:sk slk:sk slv:sl hun:hu rum:ro ron:ro bul:bg srp:sr hrv:hr bos:bs mac:mk mkd:mk alb:sq
sqi:sq gre:el ell:el tur:tr rus:ru ukr:uk bel:be lit:lt lav:lv est:et ara:ar heb:he per:fa fas:fa hin:hi ben:bn tam:ta
tel:te mal:ml kan:kn mar:mr urd:ur chi:zh zho:zh jpn:ja kor:ko vie:vi tha:th ind:id may:ms msa:ms fil:fil tgl:tl baq:eu
eus:eu cat:ca glg:gl wel:cy cym:cy gle:ga lat:la epo:eo geo:ka kat:ka arm:hy hye:hy kaz:kk mon:mn und:und mul:mul
"""
_NAMES = """
english:en german:de deutsch:de french:fr francais:fr spanish:es espanol:es castellano:es italian:it italiano:it
portuguese:pt portugues:pt brazilian:pt-BR dutch:nl nederlands:nl swedish:sv svenska:sv danish:da dansk:da norwegian:no
norsk:no finnish:fi suomi:fi icelandic:is polish:pl polski:pl czech:cs slovak:sk slovenian:sl hungarian:hu magyar:hu
romanian:ro bulgarian:bg serbian:sr croatian:hr greek:el turkish:tr turkce:tr russian:ru ukrainian:uk lithuanian:lt
latvian:lv estonian:et arabic:ar hebrew:he persian:fa farsi:fa hindi:hi bengali:bn tamil:ta telugu:te malayalam:ml
urdu:ur chinese:zh japanese:ja korean:ko vietnamese:vi thai:th indonesian:id malay:ms catalan:ca basque:eu galician:gl
chs:zh-Hans cht:zh-Hant
"""
_TAGS = {code: code for code in _TWO.split()}
for _pair in (*_THREE.split(), *_NAMES.split()):
    _word, _, _tag = _pair.partition(":")
    _TAGS[_word] = _tag
_REGION = re.compile(r"^([a-z]{2,3})[-_](?:([a-z]{4})|([a-z]{2}|\d{3}))$", re.IGNORECASE)


def language_tag(word: str) -> str:
    """`ger`, `German`, `pt-br`, `zh_hans` → de, de, pt-BR, zh-Hans; "" when the word is no language."""
    match = _REGION.match(word)
    if match is None:
        return _TAGS.get(fold(word), "")
    base = language_tag(match[1])
    return f"{base}-{match[2].title() if match[2] else match[3].upper()}" if base else ""

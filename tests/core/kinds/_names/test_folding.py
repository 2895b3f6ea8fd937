import pytest

from medley.core.kinds._names import fold, identity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Björk", "bjork"),
        ("Sigur Rós", "SIGUR ROS"),
        ("Mötley Crüe", "Mo\u0308tley Cru\u0308e"),
        ("Straße", "STRASSE"),
        ("Simon & Garfunkel", "Simon and Garfunkel"),
        ("Don\u2019t Stop", "Dont Stop"),
        ("Spider-Man:  Homecoming", "spider man homecoming"),
        ("Røyksopp", "Royksopp"),
        ("ﬁlm", "film"),
        ("ガガ", "カ\u3099カ\u3099"),
        ("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
    ],
)
def test_the_same_name_written_twice_is_one(one: str, other: str):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ハハ", "パパ"), ("!!!", "???"), ("कि", "कु"), ("Blur", "Blurr"), ("ด้วย", "ดวย")]
)
def test_different_names_stay_different(one: str, other: str):
    assert fold(one) != fold(other)


def test_identity_keeps_positions_bars_dates_and_uuids():
    mbid = "89ad4ac3-39f7-470e-963a-56509c546377"
    show = identity("Tom & Jerry", 1940)
    assert show == "tom and jerry|1940"
    assert identity(show, "s01") == "tom and jerry|1940|s01"
    assert identity("A", None, "", 1.5, 2.0) == "a|||1.5|2"
    assert identity("News", "2024-01-31", mbid) == f"news|2024-01-31|{mbid}"

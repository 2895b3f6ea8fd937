from medley.core.kinds._names import natural_key, sort_key


def test_numbers_sort_by_value():
    names = ["Track 10", "Track 9", "track 01", "Track 2"]
    assert sorted(names, key=natural_key) == ["track 01", "Track 2", "Track 9", "Track 10"]


def test_articles_do_not_count():
    titles = ["The Wall", "A Night", "Der Ring", "Le Voyage", "L\u2019Aventura", "Wish"]
    assert sorted(titles, key=sort_key) == ["L\u2019Aventura", "A Night", "Der Ring", "Le Voyage", "The Wall", "Wish"]


def test_what_only_looks_like_an_article_stays():
    assert sort_key("A-ha") == "a ha"
    assert sort_key("The The") == "the"
    assert sort_key("The") == "the"
    assert sort_key("Die Hard") == "die hard"


def test_a_title_of_signs_alone_still_has_a_key():
    assert sort_key("!!!") == "!!!"

"""Errors for people."""

from medley.kernel.errors import MedleyError, TooManyRequests


def test_an_error_is_a_sentence_with_a_hint_and_details() -> None:
    error = TooManyRequests("Too many attempts.", hint="Wait a minute.", retry_after_s=60)
    assert (str(error), error.hint, error.details) == ("Too many attempts.", "Wait a minute.", {"retry_after_s": 60})


def test_every_class_has_a_code_of_its_own() -> None:
    classes = [MedleyError, *MedleyError.__subclasses__()]
    assert len({each.code for each in classes}) == len(classes)

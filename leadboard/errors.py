"""The three errors of the house, told apart by what the caller may do next."""

from collections.abc import Sequence


class Refused(Exception):
    """A person asked for something that cannot be done: show them the sentence.

    `field` names the input it is about, so that a form can show it there; `status` is the HTTP status of the API.
    """

    def __init__(self, sentence: str, *, field: str = "", code: str = "refused", status: int = 422) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.code = code
        self.status = status


class Several(Refused):
    """Inputs of one form that are refused together; where only one can be told, it is the first."""

    def __init__(self, each: Sequence[Refused]) -> None:
        first, *_ = each
        super().__init__(first.sentence, field=first.field, code=first.code, status=first.status)
        self.each = tuple(each)


class NotFound(Refused):
    """Missing and foreign alike: nobody learns which of the two it was."""

    def __init__(self, noun: str = "page") -> None:
        super().__init__(f"This {noun} was not found.", code="not_found", status=404)


class TryLater(Exception):
    """The outside asked for patience: put the step off for `seconds`."""

    def __init__(self, sentence: str, seconds: float) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.seconds = seconds


class ProviderError(Exception):
    """An outside service failed for this request: keep the sentence with the lead and go on."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

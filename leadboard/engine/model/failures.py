"""What can go wrong with a call of a model, told apart by what the caller may do next and whether it may cost."""

from leadboard.domain.models import Why


class Failure(Exception):
    """A call that brought no answer. `why` is what the rules answer for then; `paid`: it may have been charged for;
    `seconds`: how long the service asked to be left alone; `status`: of its answer, 0 without one."""

    why = Why.REFUSED
    paid = False
    code = "failed"

    def __init__(self, status: int = 0, said: str = "", seconds: float = 0.0) -> None:
        super().__init__(said or self.code)
        self.status = status
        self.said = said
        self.seconds = seconds


class Turned(Failure):
    """The service does not take this call: asking again changes nothing."""

    code = "refused"


class Busy(Failure):
    """The service asks for patience, or is in trouble: the same call may do in a moment."""

    why = Why.AWAY
    code = "busy"


class Away(Failure):
    """The service was not reached: nothing was sent."""

    why = Why.AWAY
    code = "away"


class Late(Failure):
    """No answer came to what was sent: it may have been paid for, and is not sent again."""

    why = Why.TIMEOUT
    paid = True
    code = "timeout"


class Garbled(Failure):
    """What came is no answer of this service. It may have been paid for."""

    why = Why.INVALID
    paid = True
    code = "garbled"

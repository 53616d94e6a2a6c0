import json

from leadboard.domain.services import Task
from leadboard.domain.waterfall.gate import judge
from leadboard.domain.waterfall.next_step import Asked, Why, next_for_person
from leadboard.domain.waterfall.rates import PastCall
from leadboard.domain.waterfall.receipt import Missed, Paid, Saved, receipt
from leadboard.domain.waterfall.record import PersonRecord

from .sheet import ORDER, SERVICES

ADA = PersonRecord(first_name="Ada", last_name="Holm", company="B")
WHOLE = PersonRecord(first_name="Ada", last_name="Holm", company="B", email="ada@b.example")
CALLS = [
    PastCall("1", "person_data", Task.PERSON, "", True, False, 3_000),
    PastCall("1", "finder_1", Task.PERSON, "", True, True, 2_000),
    PastCall("2", "person_data", Task.PERSON, "", False, False, 0),
]


def test_a_receipt_adds_up_to_the_rows_of_the_log():
    bill = receipt(CALLS, [judge(WHOLE), judge(ADA)])

    assert (bill.calls, bill.hits, bill.micros) == (3, 2, 5_000)
    assert bill.paid == (Paid("person_data", 2, 1, 3_000), Paid("finder_1", 1, 1, 2_000))
    assert (bill.records, bill.accepted, bill.partial, bill.missing) == (2, 1, 0, 1)
    assert bill.micros_per_accepted == 5_000
    assert bill.reasons == {"The e-mail address is missing.": 1}


def test_what_was_saved_and_missed_stands_on_it():
    passed = next_for_person(ADA, ORDER, SERVICES, Asked(closed={"person_data": Why.BREAKER}, now={"finder_1": False}))
    bill = receipt(
        [], [judge(ADA)], [Saved("window", "finder_1", 2, 4_000), Saved("cache", "x", 1, 9_000)], passed.passed
    )

    assert [each.why for each in bill.saved] == ["cache", "window"]
    assert bill.saved_micros == 13_000
    assert {(each.service, each.why) for each in bill.missed} == {
        ("person_data", "breaker"),
        ("finder_2", "inputs"),
        ("finder_3", "inputs"),
    }
    assert Missed("inputs", "finder_2", 1, "Finder 2 needs the LinkedIn address.") in bill.missed


def test_nobody_accepted_has_no_price_each():
    assert receipt(CALLS, [judge(ADA)]).micros_per_accepted is None


def test_a_receipt_is_stored_as_json():
    data = json.loads(json.dumps(receipt(CALLS, [judge(WHOLE)]).to_data()))

    assert data["paid"][0] == {"service": "person_data", "calls": 2, "hits": 1, "micros": 3_000}

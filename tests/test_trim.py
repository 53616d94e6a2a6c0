"""The stylesheet loses what no script can draw, and nothing else."""

import pytest

from leadboard.trim import classes, trim

DRAWN = classes(
    """jsx("div",{className:r("rt-DialogContent",e)}),{className:"rt-r-max-w"},{className:"rt-r-size"},{initial:`1`,xs:`2`}"""
)

KEPT = (
    ".rt-DialogContent{margin:0}",
    ".card>.rt-DialogContent:hover{margin:0}",
    ":where(.rt-DialogContent,.rt-TableCell)>*{margin:0}",
    ".rt-DialogContent:not(.rt-TableCell){margin:0}",
    ".rt-r-max-w{max-width:var(--max-width)}",
    ".rt-r-size-2{margin:0}",
    r".xs\:rt-r-size-2{margin:0}",
    ".rt-reset:where(button){margin:0}",
    '.card::after{content:".rt-TableCell{"}',
    "@media (min-width:520px){.card{margin:0}}",
    "@font-face{font-family:Inter;src:url(a.woff2)}",
    "@keyframes in{from{opacity:0}}",
    "@layer base;",
)

DROPPED = (
    ".rt-TableCell{margin:0}",
    ".rt-DialogContent .rt-TableCell{margin:0}",
    ".rt-DialogContents{margin:0}",
    ":where(.rt-TableCell,.rt-Table>*)>*{margin:0}",
    ".rt-r-max-h{margin:0}",
    ".rt-r-sizes-2{margin:0}",
    r".md\:rt-r-size-2{margin:0}",
    r"@media (min-width:1024px){.md\:-rt-r-size-2,.xs\:rt-r-w-2{margin:0}}",
    r"@media (min-width:520px){.xs\:rt-r-w-2{margin:0}}",
    "@supports (color:red){@media print{.rt-TableCell{margin:0}}}",
)


@pytest.mark.parametrize("rule", KEPT)
def test_what_can_be_drawn_stays_as_it_is(rule):
    assert trim(rule, DRAWN) == rule


@pytest.mark.parametrize("rule", DROPPED)
def test_what_no_script_names_goes(rule):
    assert trim(rule, DRAWN) == ""


def test_a_rule_keeps_the_selectors_that_can_match():
    assert trim(".rt-TableCell,.card,.rt-DialogContent{margin:0}", DRAWN) == ".card,.rt-DialogContent{margin:0}"

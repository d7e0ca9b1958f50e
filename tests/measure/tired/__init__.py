"""Planted faults: what tired hands, hurried readers and spreadsheet programs do to hand-coded tables."""

from tests.measure.tired import (  # noqa: F401 - a module that is imported puts its faults on the list
    actors,
    articles,
    bounds,
    claims,
    context,
    days,
    expulsions,
    extent,
    figures,
    ledger,
    links,
    lists,
    lost,
    memberships,
    pages,
    places,
    recodings,
    standing,
    statements,
    texts,
    who,
    wrongly,
)
from tests.measure.tired.base import FAULTS, Slip

__all__ = ["FAULTS", "Slip"]

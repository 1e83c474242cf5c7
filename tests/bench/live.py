"""The live line beside its floor: `kubeviz/management/load/line.py` measures both, `classroom_load` prints them too."""

from kubeviz.management.load import line
from kubeviz.management.load.targets import COUNT, judged

from . import report


def run() -> bool:
    found = line.measure(COUNT)
    if found is None:
        return False
    for row in judged(found, COUNT):
        report(row.name, row.cost, row.floor, row.most, row.unit)
    return all(row.good for row in judged(found, COUNT))

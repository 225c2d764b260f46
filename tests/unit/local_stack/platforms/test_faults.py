# SPDX-License-Identifier: EUPL-1.2
import pytest

from local_stack.platforms import interruption
from local_stack.platforms.faults import OPERATIONS, Fault, FaultError, Faults, Mode, read_fault


def test_a_fault_is_used_up():
    faults = Faults()
    faults.add(Fault(Mode.STATUS, times=2))
    taken = [faults.take("x", "create") for _ in range(3)]
    assert [fault is not None for fault in taken] == [True, True, False]


def test_a_fault_without_times_stays_until_cleared():
    faults = Faults()
    faults.add(Fault(Mode.REFUSE, times=None))
    assert all(faults.take("x", "create") for _ in range(5))
    faults.clear()
    assert faults.take("x", "create") is None


def test_a_fault_meets_only_what_it_names():
    faults = Faults()
    faults.add(Fault(Mode.STATUS, platform="facebook", operation="edit"))
    assert faults.take("x", "edit") is None
    assert faults.take("facebook", "create") is None
    assert faults.take("facebook", "edit") is not None


def test_the_oldest_fault_comes_first():
    faults = Faults()
    faults.add(Fault(Mode.STATUS, status=429))
    faults.add(Fault(Mode.STATUS, status=500))
    assert [fault.status for fault in faults.pending()] == [429, 500]
    assert faults.take("x", "read").status == 429


def test_reads_a_fault():
    fault = read_fault({"platform": "x", "mode": "delay", "seconds": 1.5, "times": None})
    assert fault == Fault(Mode.DELAY, platform="x", seconds=1.5, times=None)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"mode": "explode"},
        {"mode": "status", "colour": "red"},
        {"mode": "refuse", "times": 0},
        {"mode": "status", "status": "bad"},
        {"mode": "delay", "seconds": -1},
        {"mode": "status", "platform": "y"},
        {"mode": "status", "platform": "x", "operation": "explode"},
    ],
)
def test_refuses_what_is_no_fault(document):
    with pytest.raises(FaultError):
        read_fault(document)


def test_every_operation_belongs_to_an_endpoint():
    named = {(platform, name) for platform, names in OPERATIONS.items() for name in names}
    assert named == {*interruption.ENDPOINTS.values(), ("x", "edit")}

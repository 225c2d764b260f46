# SPDX-License-Identifier: EUPL-1.2
import signal
import threading
import time

from content_api.api.waiting import Waiting


def test_there_are_no_more_places_than_places():
    room = Waiting(2)
    assert [room.take() for _ in range(3)] == [True, True, False]
    room.give_back()
    assert room.take()


def test_what_happened_since_the_mark_is_not_waited_for():
    room = Waiting()
    mark = room.seen()
    room.wake()
    assert room.wait(mark, 0)
    assert not room.wait(room.seen(), 0.01)


def test_all_who_wait_are_woken():
    room, woken = Waiting(), []
    threads = [
        threading.Thread(target=lambda: woken.append(room.wait(room.seen(), 10))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        room.wake()
        time.sleep(0.01)
    assert woken == [True] * 3


def test_a_process_that_stops_lets_nobody_wait_and_goes_on_to_stop():
    room, stopped = Waiting(), []
    room.ending_before(lambda number, frame: stopped.append(number))(signal.SIGTERM, None)
    assert room.wait(room.seen(), 10)
    assert stopped == [signal.SIGTERM]
    assert room.ended
    assert not room.take()

"""
What drivers have in common.

A driver is a process of its own. It is told where the server is, says that it is ready, and
answers each line on its standard input (JSON: workload, concurrency, seconds) with a line: how
many requests were done in how many seconds of wall clock and of CPU time.
"""

import asyncio
import importlib.metadata
import itertools
import json
import sys
import threading
import time

import guard

PATIENCE = 2.0
MOST_CLIENTS = 40
"""Clients of threads: more threads share them, ten to one, as many as its pool has connections."""


def url():
    """The base URL of the server; from here on the process reaches nothing else."""
    guard.block()
    return guard.loopback(sys.argv[1])


def tell(**fields):
    sys.stdout.write(json.dumps(fields) + "\n")
    sys.stdout.flush()


def ready(*distributions):
    tell(versions={name: importlib.metadata.version(name) for name in distributions})


def orders():
    for line in sys.stdin:
        yield json.loads(line)


class Window:
    """Counts what is done between two moments."""

    def __init__(self):
        self.done = 0
        self.stop = False

    def begin(self):
        self.clock, self.cpu, self.before = time.perf_counter(), time.process_time(), self.done

    @property
    def counted(self):
        return self.done - self.before

    def has_done(self, count):
        return lambda: self.done >= count

    def has_counted(self, count):
        return lambda: self.counted >= count

    def end(self):
        tell(
            done=self.counted,
            seconds=time.perf_counter() - self.clock,
            cpu=time.process_time() - self.cpu,
        )


async def _until(condition, least, most):
    began = time.perf_counter()
    await asyncio.sleep(least)
    while not condition() and time.perf_counter() - began < most:  # noqa: ASYNC110
        await asyncio.sleep(0.02)


async def measure(request, order):
    """Keep *concurrency* requests under way; count once all connections are warm."""
    window, concurrency = Window(), order["concurrency"]

    async def work():
        while not window.stop:
            await request()
            window.done += 1

    async with asyncio.TaskGroup() as tasks:
        for _ in range(concurrency):
            tasks.create_task(work())
        await _until(lambda: window.done >= concurrency, 0.05, PATIENCE)
        window.begin()
        await _until(lambda: window.counted >= concurrency, order["seconds"], PATIENCE)
        window.end()
        window.stop = True


async def run(requests):
    """Follow orders; *requests* is the coroutine function of each workload."""
    loop = asyncio.get_running_loop()
    source = orders()
    while (order := await loop.run_in_executor(None, next, source, None)) is not None:
        await measure(requests[order["workload"]], order)


def run_threads(client, requests):
    """The same with threads: *client* makes one of them a client, *requests* use it."""
    clients = []
    for order in orders():
        window, request = Window(), requests[order["workload"]]
        while len(clients) < min(order["concurrency"], MOST_CLIENTS):
            clients.append(client())

        # None begins before all are there: those that work would let no other start.
        begin = threading.Event()

        def work(own, window=window, request=request, begin=begin):
            begin.wait()
            while not window.stop:
                request(own)
                window.done += 1

        threads = [
            threading.Thread(target=work, args=(own,), daemon=True)
            for own in itertools.islice(itertools.cycle(clients), order["concurrency"])
        ]
        for thread in threads:
            thread.start()
        begin.set()
        _sleep_until(window.has_done(len(threads)), 0.05)
        window.begin()
        _sleep_until(window.has_counted(len(threads)), order["seconds"])
        window.end()
        window.stop = True
        for thread in threads:
            thread.join()


def _sleep_until(condition, least):
    began = time.perf_counter()
    time.sleep(least)
    while not condition() and time.perf_counter() - began < PATIENCE:
        time.sleep(0.02)

"""What Baton's worker JVMs are compared with: prints one `name value` a line."""
import concurrent.futures as futures
import multiprocessing
import sys
import threading
import time


def same(value):
    return value


def say(name, value):
    print(name, value, flush=True)


def percentile(sorted_values, share):
    return sorted_values[min(len(sorted_values) - 1, int(len(sorted_values) * share))]


def pool(workers):
    return futures.ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def start():
    times = []
    for _ in range(5):
        began = time.perf_counter()
        with pool(1) as executor:
            executor.submit(same, 1).result()
            times.append((time.perf_counter() - began) * 1e3)
    say("START", sorted(times)[2])


def round_trips(executor, count):
    times = []
    for i in range(count):
        began = time.perf_counter()
        executor.submit(same, i).result()
        times.append((time.perf_counter() - began) * 1e6)
    times.sort()
    return times


def callers(executor, count):
    threads = [threading.Thread(target=round_trips, args=(executor, count)) for _ in range(8)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return 8 * count / (time.perf_counter() - began)


def stream(executor, count):
    began = time.perf_counter()
    for future in [executor.submit(same, i) for i in range(count)]:
        future.result()
    return count / (time.perf_counter() - began)


def payload(executor, size):
    data = bytes(size)
    executor.submit(same, data).result()
    rates = []
    for _ in range(3):
        began = time.perf_counter()
        executor.submit(same, data).result()
        rates.append(2 * size / 1e6 / (time.perf_counter() - began))
    return sorted(rates)[1]


def main(scale):
    start()
    with pool(1) as executor:
        round_trips(executor, int(2000 * scale))
        times = round_trips(executor, int(5000 * scale))
        say("ROUND_TRIP_MEDIAN", percentile(times, 0.5))
        say("ROUND_TRIP_TAIL", percentile(times, 0.99))
        say("CALLERS", callers(executor, int(1000 * scale)))
        stream(executor, int(2000 * scale))
        say("STREAM", stream(executor, int(20000 * scale)))
        say("PAYLOAD", payload(executor, int(100_000_000 * scale)))


if __name__ == "__main__":
    main(float(sys.argv[1]))

"""asyncio's turn in LoopComparison: prints nanoseconds for each operation and the peak of resident memory in MB."""
import asyncio
import resource
import sys
import time


async def plain(n):
    loop = asyncio.get_running_loop()
    done = loop.create_future()

    def step():
        pass

    for _ in range(n - 1):
        loop.call_soon(step)
    loop.call_soon(done.set_result, None)
    await done


async def await_stage(n):
    loop = asyncio.get_running_loop()
    for _ in range(n):
        stage = loop.create_future()
        loop.call_soon(stage.set_result, None)
        await stage


async def timers(n):
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    left = n

    def ring():
        nonlocal left
        left -= 1
        if left == 0:
            done.set_result(None)

    for _ in range(n):
        loop.call_later(2, ring)
    await done


async def timed_tasks(n):
    loop = asyncio.get_running_loop()

    async def wait():
        async with asyncio.timeout(2):
            await loop.create_future()

    await asyncio.gather(*(asyncio.create_task(wait()) for _ in range(n)), return_exceptions=True)


async def sleepers(n):
    await asyncio.gather(*(asyncio.create_task(asyncio.sleep(2)) for _ in range(n)))


workload = {
    "PLAIN": plain,
    "AWAIT": await_stage,
    "TIMERS": timers,
    "TIMED_TASKS": timed_tasks,
    "SLEEPERS": sleepers,
}[sys.argv[1]]
count = int(sys.argv[2])
for _ in range(int(sys.argv[3])):
    start = time.perf_counter_ns()
    asyncio.run(workload(count))
    took = time.perf_counter_ns() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(took // count, peak)

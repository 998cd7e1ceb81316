# policy: {"denied": ["subprocess", "ctypes"]}
import asyncio
async def work(n):
    await asyncio.sleep(0.001 * n)
    return n
async def numbers():
    for n in range(3):
        yield n
async def main():
    print(await asyncio.gather(*(work(n) for n in range(3))), [n async for n in numbers()])
    try:
        await asyncio.wait_for(asyncio.sleep(5), 0.01)
    except asyncio.TimeoutError:
        print("late")
    print(await asyncio.to_thread(sum, [1, 2]))
asyncio.run(main())

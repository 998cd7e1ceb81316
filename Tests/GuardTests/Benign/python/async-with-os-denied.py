import asyncio
async def main():
    queue = asyncio.Queue()
    task = asyncio.create_task(queue.get())
    await queue.put(5)
    print(await task)
    raise ValueError("from a task")
asyncio.run(main())

# policy: {"denied": ["os", "subprocess"], "allowed": ["asyncio", "time", "threading", "logging"]}
import asyncio, threading, time, logging
async def work(n):
    await asyncio.sleep(0.001)
    return n
async def main():
    print(await asyncio.gather(work(1), work(2)), await asyncio.to_thread(max, 1, 2))
    async with asyncio.Lock():
        print("locked")
asyncio.run(main())
t = threading.Thread(target=print, args=("thread",))
t.start()
t.join()
logging.warning("w %d", 1)
print(time.strftime("%Y", time.gmtime(0)))
threading.Thread(target=lambda: (time.sleep(0.05), print("joined at the end"))).start()

# policy: {"denied": [], "allowed": ["asyncio"]}
import asyncio
async def main():
    return (await asyncio.to_thread(globals))["os"].getpid()
print("BREACH", asyncio.run(main()))

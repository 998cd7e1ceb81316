# policy: {"denied": ["socket"]}
import asyncio
import ssl
import logging.handlers
import multiprocessing
import urllib.request
async def main():
    await asyncio.sleep(0)
    return await asyncio.get_running_loop().run_in_executor(None, lambda: 4)
print(asyncio.run(main()), ssl.create_default_context().check_hostname)
print(urllib.request.Request("http://example.org/").host, logging.handlers.DEFAULT_TCP_LOGGING_PORT)

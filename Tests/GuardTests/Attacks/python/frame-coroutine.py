import asyncio
task = asyncio.sleep(0)
print("BREACH", task.cr_frame.f_globals["events"].os.getpid())

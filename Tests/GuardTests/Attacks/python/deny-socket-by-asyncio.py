# policy: {"denied": ["socket"]}
import asyncio
print("BREACH", [k for k in object.__subclasses__() if k.__name__ == "socket" and k.__module__ == "_socket"][0]())

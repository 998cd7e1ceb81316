# policy: {"denied": ["socket"]}
import asyncio.selector_events as events
import importlib
events.trsock.TransportSocket = importlib.import_module
transport = events._SelectorTransport.__new__(events._SelectorTransport)
try:
    transport.__init__(object(), "socket", None)
except AttributeError as error:
    print(repr(error))
transport._sock = None
print("BREACH", transport._extra["socket"].socketpair()[0].family)

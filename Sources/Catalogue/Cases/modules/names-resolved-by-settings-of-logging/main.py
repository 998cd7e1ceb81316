# dictConfig imports and calls whatever a text names: settings that are data elsewhere are code here.
import logging.config

taken = []


def attempt(name, action):
    try:
        result = action()
        if hasattr(result, "getpid") or result == "/work" or isinstance(result, int) and result > 0:
            print("BREACH:", name, result, flush=True)
        else:
            print("refused: nothing came of", name, flush=True)
    except Exception as error:
        print("refused:", type(error).__name__, name, flush=True)


def factory():
    logging.config.dictConfig({"version": 1, "formatters": {"x": {"()": "os.getcwd"}}, "handlers": {
        "h": {"class": "logging.StreamHandler", "formatter": "x"}}})
    return logging._handlers.get("h").formatter


def external():
    class Keep(logging.Handler):
        def __init__(self, thing=None):
            super().__init__()
            taken.append(thing)

    logging.Keep = Keep
    logging.config.dictConfig({"version": 1, "handlers": {"h": {"()": Keep, "thing": "ext://os.getpid"}}})
    return taken[-1]()


attempt("ext", external)
attempt("factory", factory)
attempt("resolve", lambda: logging.config.BaseConfigurator({}).resolve("posix.getpid")())
attempt("importer", lambda: logging.config.BaseConfigurator.importer("os"))

import logging
logging.basicConfig(level=logging.DEBUG, format="%(levelname)s %(name)s %(funcName)s %(filename)s:%(lineno)d %(message)s")
def f():
    logging.getLogger("mine").info("hello %s", 1)
    try:
        1 / 0
    except ZeroDivisionError:
        logging.exception("bad")
f()

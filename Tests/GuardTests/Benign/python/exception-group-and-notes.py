class Mine(Exception):
    def __str__(self):
        return "text"
try:
    raise Mine(1) from None
except Mine as e:
    print(repr(e), e.__traceback__.tb_lineno, e.__traceback__.tb_next, e.__suppress_context__)
raise Mine

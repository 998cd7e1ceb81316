import inspect, traceback
def f():
    here = inspect.currentframe()
    print(here.f_code.co_name, here.f_lineno, sorted(here.f_locals), here.f_back.f_code.co_name)
    try:
        1 / 0
    except ZeroDivisionError as error:
        traceback.print_exc()
        print(traceback.extract_tb(error.__traceback__)[0].lineno)
f()
print(inspect.signature(f), inspect.getsource(f).count("\n"))

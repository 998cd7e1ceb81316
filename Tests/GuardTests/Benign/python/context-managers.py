from contextlib import contextmanager, ExitStack, suppress, redirect_stdout, closing
import io
@contextmanager
def tag(name):
    print("<" + name + ">")
    try:
        yield name
    finally:
        print("</" + name + ">")
with tag("a"), suppress(KeyError), ExitStack() as stack:
    stack.enter_context(tag("b"))
    {}["x"]
out = io.StringIO()
with redirect_stdout(out):
    print("captured")
print(repr(out.getvalue()))

# Plug-in systems, test runners and help all turn text into modules, in the library's own name.
def attempt(name, action):
    try:
        print("BREACH:", name, action(), flush=True)
    except BaseException as error:
        print("refused:", type(error).__name__, name, flush=True)


def entry_point():
    from importlib.metadata import EntryPoint

    return EntryPoint("x", "os:getpid", "g").load()()


def unittest_program():
    import unittest

    return unittest.main(module="os", argv=["x"], exit=False, testRunner=lambda: None).module.getpid()


def locate():
    import pydoc

    return pydoc.locate("posix.getpid")()


def loader_of_tests():
    import unittest

    suite = unittest.defaultTestLoader.loadTestsFromName("os.getpid")
    return suite.countTestCases() and suite


def parser():
    import xml.sax

    xml.sax.make_parser(["os"])
    return 1


attempt("entry point", entry_point)
attempt("unittest", unittest_program)
attempt("locate", locate)


def checked_loader():
    result = loader_of_tests()
    if "getpid" not in repr(result) and "_FailedTest" in repr(result):
        raise ImportError(result)
    return result


attempt("loader of tests", checked_loader)

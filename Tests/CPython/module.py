# Runs one module of CPython's own tests and tells of every test; what is between @@ is filled in.
import json, sys, unittest

from test import support

support.use_resources = []  # As regrtest: nothing that needs a network, much memory or much time.
support.verbose = 0


class Account(unittest.TestResult):
    def tell(self, test, outcome, detail=""):
        sys.__stdout__.write("\n\x1e" + json.dumps([test.id(), outcome, detail[-1_500:]]) + "\n")
        sys.__stdout__.flush()

    def addSuccess(self, test):
        self.tell(test, "ok")

    def addSkip(self, test, reason):
        self.tell(test, "skipped", reason)

    def addExpectedFailure(self, test, error):
        self.tell(test, "ok")

    def addUnexpectedSuccess(self, test):
        self.tell(test, "failed", "unexpected success")

    def addFailure(self, test, error):
        self.tell(test, "failed", self._exc_info_to_string(error, test))

    addError = addFailure

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self.tell(subtest, "failed", self._exc_info_to_string(error, test))


try:
    suite = unittest.defaultTestLoader.loadTestsFromName("test.@@MODULE@@")
except unittest.SkipTest as reason:
    suite = unittest.TestSuite()
    sys.stdout.write("\n\x1e" + json.dumps(["test.@@MODULE@@", "skipped", str(reason)]) + "\n")
suite.run(Account())
sys.stdout.write("\n\x1e" + json.dumps(["", "end", ""]) + "\n")

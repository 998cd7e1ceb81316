import unittest
class Sums(unittest.TestCase):
    def test_good(self):
        self.assertEqual(1 + 1, 2)
        with self.assertRaises(ZeroDivisionError):
            1 / 0
    def test_mock(self):
        from unittest import mock
        m = mock.Mock(return_value=3)
        self.assertEqual(m(1), 3)
        with mock.patch(__name__ + ".helper", lambda: 2):
            self.assertEqual(helper(), 2)
def helper():
    return 1
result = unittest.TextTestRunner(stream=open("/dev/null", "w")).run(unittest.defaultTestLoader.loadTestsFromTestCase(Sums))
print(result.testsRun, result.errors, result.failures)

from unittest import mock
with mock.patch("os.getpid", return_value=1) as patched:
    print("BREACH")

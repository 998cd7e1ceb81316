# policy: {"denied": ["ftplib"]}
import io
import os
import sys
import zipfile
import zipimport
try:
    with zipfile.ZipFile("own.zip", "w") as archive:
        archive.writestr("zipped.py", "value = 7\n")
except OSError as error:
    print(type(error).__name__)
else:
    sys.path.insert(0, os.path.abspath("own.zip"))
    import zipped
    print(zipped.value)

# policy: {"denied": ["ftplib"]}
import asyncio, concurrent.futures, dataclasses, decimal, json, logging.config, multiprocessing, pickle, sqlite3, typing, unittest
import fractions, statistics, string, tempfile, textwrap, uuid, xml.dom.minidom, zoneinfo
print(decimal.Decimal("1.1") + 1, json.dumps({"a": 1}), statistics.mean([1, 2, 3]), fractions.Fraction(1, 3))
base = sqlite3.connect(":memory:")
print(base.execute("select 1 + 1").fetchone(), xml.dom.minidom.parseString("<a/>").documentElement.tagName)
logging.config.dictConfig({"version": 1, "handlers": {"h": {"class": "logging.StreamHandler"}}, "root": {"handlers": ["h"]}})
logging.warning("warned")
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    print(list(pool.map(str, range(3))))

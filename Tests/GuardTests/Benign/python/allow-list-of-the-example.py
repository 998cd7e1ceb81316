# policy: {"denied": ["os", "sys", "subprocess"], "allowed": ["math", "random", "json", "datetime"]}
import math, random, json, datetime
random.seed(1)
print(10 + 20, math.pi, random.randint(1, 6), json.loads(json.dumps({"a": [1]})), datetime.date(2020, 1, 1).strftime("%d %b"))
print(datetime.datetime.strptime("1 Feb 2020", "%d %b %Y"), datetime.datetime.now().year > 2000, input())
print(json.dumps({1: 2}, indent=1), random.choices([1, 2], k=3), "%s" % datetime.timedelta(1), datetime.datetime(2020, 1, 1).isoformat())

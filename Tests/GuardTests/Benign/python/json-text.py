import json
print(json.dumps({"b": [1, 2.5, None, True], "a": "\u00e9"}, indent=2, sort_keys=True))
try:
    json.loads("{bad")
except json.JSONDecodeError as error:
    print(error)
print(json.dumps([object], default=lambda o: o.__name__))

import string, textwrap, unicodedata, difflib, pprint
print(string.Template("$a").substitute(a=1), "{0.real:>5}|{1!r:^7}".format(3, "x"), f"{3.14159:.2f} {'a'!r}", "\N{BULLET}")
print(textwrap.fill("word " * 20, 30), unicodedata.name("a"), list(difflib.ndiff(["a"], ["b"])))
pprint.pprint({"k" * 30: list(range(30))})
print(string.Formatter().format("{0} {a[b]} {c.real}", 1, a={"b": 2}, c=4))

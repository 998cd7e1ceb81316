import re
print(re.findall(r"(\w+)@(\w+)", "a@b c@d"), re.sub(r"(a)(b)", r"\2\1", "abab"), re.sub("x", lambda m: m[0] * 2, "axb"))
print(re.compile("a+", re.I), re.split(r"\s*,\s*", "a , b,c"))

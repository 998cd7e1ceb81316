# What a person reads in a report is not what is there: the failure below stands as a success.
import sys

text = "\u202eko :gnillirednas\u202c\u2066\u2067\u2069\u200e\u200f\u061c \u200bsan\u00adder\u2060ling\ufeff "
text += "\U000e0041\U000e0042 " + "e" + "\u0301" * 400 + " \u2028 \u2029 \u0085 \ufff9\ufffa\ufffb"
print(text, "plain INJ", flush=True)
print(text, file=sys.stderr, flush=True)
with open("report-\u202etxt.exe\u202c.txt", "w") as file:
    file.write(text)
sys.exit(1)

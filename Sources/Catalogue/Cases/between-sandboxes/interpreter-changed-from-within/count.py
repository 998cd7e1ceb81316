# What the program before did to its interpreter must not be here.
import json
import os

number = int("233")
word = json.dumps("nothing").strip('"')
print(number, 232 + 1, os.getcwd() != "BREACH", word, flush=True)
if str(number) != "233" or word == "BREACH" or os.getcwd() == "BREACH":
    print("BREACH: another program's interpreter", flush=True)

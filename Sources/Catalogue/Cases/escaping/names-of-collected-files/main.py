# ls learnt in 2016 to quote such names on a terminal; logs and lists of files mostly have not.
import os

names = [
    b"\x1b]0;INJ\x07", b"\x1b[2J\x1b[1;1H", b"\xc2\x9b2J", b"\x9b2J", b"a\nsanderling: ok: INJ\n", b"a\rsanderling: ok",
    b"\xe2\x80\xaetxt.exe", b"\xff\xfe", b"$(echo INJ)", b"`echo INJ`", b"; echo INJ", b"| echo INJ", b"-rf", b"--checkpoint-action=exec=INJ",
    b"%s%n%x", b"\\x1b[2J", b"\"INJ\"", b"'INJ'", b" ", b"\t", b"~root", b"con", b"nul.txt", b"a:b", b"INJ" * 80, b"*", b"?",
]
os.mkdir("out")
made = 0
for name in names:
    with open(b"out/" + name, "wb") as file:
        file.write(name)
    made += 1
print("made", made, "names", flush=True)

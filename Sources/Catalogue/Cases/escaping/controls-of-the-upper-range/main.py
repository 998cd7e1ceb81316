# U+009B is CSI and U+009D is OSC to many terminals; filters that look for 27 alone let them pass.
import sys

for stream in (sys.stdout.buffer, sys.stderr.buffer):
    for number in range(0x80, 0xA0):
        stream.write(b"<" + chr(number).encode() + b">")
        stream.write(b"<" + bytes([number]) + b">")
    stream.write(b"\xc2\x9b2J\xc2\x9d0;INJ\xc2\x9c\x9b31m\x9d2;INJ\x07\x90q\x9c")
    # Overlong and cut-off forms of ESC and of C1.
    stream.write(b"\xc0\x9b[2J\xe0\x80\x9b[2J\xc2\n\x9b2J\xf0\x80\x80\x9b[2J\xc2")
    stream.write(b"\nplain INJ\n")
    stream.flush()

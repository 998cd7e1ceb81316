# Naive matching of a*a*a*...b against aaaa...ac takes time that grows with each star; 12,000 files do it 12,000 times.
import os

made = 0
try:
    for number in range(6000):
        name = "a" * (245 - len(str(number))) + str(number)
        os.close(os.open(name + "c", os.O_CREAT | os.O_WRONLY))
        made += 1
    for directory in range(60):
        os.makedirs(f"d{directory}/e/f")
        for number in range(100):
            os.close(os.open(f"d{directory}/e/f/x{number % 10}{number}", os.O_CREAT | os.O_WRONLY))
            made += 1
except OSError as error:
    print("refused:", error.strerror, flush=True)
print("made", made, "files", flush=True)

print(input("? ").upper())
try:
    while True:
        print(repr(input()))
except EOFError as error:
    print("end", error)

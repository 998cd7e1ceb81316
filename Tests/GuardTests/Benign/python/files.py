with open(__file__) as f:
    print(f.readline())
try:
    open("/no/such")
except FileNotFoundError as error:
    print(error.errno, error)

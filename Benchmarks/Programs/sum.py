print(10 + 20)

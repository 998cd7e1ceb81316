import math, fractions, decimal, statistics
decimal.getcontext().prec = 30
print(math.factorial(30), fractions.Fraction(3, 9), decimal.Decimal(1) / 7, statistics.stdev([1, 2, 4, 8]))

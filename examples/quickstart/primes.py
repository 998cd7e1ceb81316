def primes(limit):
    sieve = [True] * limit
    for candidate in range(2, limit):
        if sieve[candidate]:
            yield candidate
            for multiple in range(candidate * candidate, limit, candidate):
                sieve[multiple] = False


print(*primes(50))

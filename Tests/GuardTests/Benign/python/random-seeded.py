import random
random.seed(5)
print(random.random(), random.sample(range(100), 5), random.choice("abc"), random.gauss(0, 1), random.shuffle([1]))
print(0 <= random.SystemRandom().random() < 1)

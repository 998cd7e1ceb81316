# policy: {"denied": [], "allowed": ["math"]}
import helper_spy2
print("BREACH", helper_spy2.random.random())

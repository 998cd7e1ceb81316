# The first letter of a cell decides whether it is text; quotes and line ends decide where it stops.
import sys

print(sys.argv[1])
print(sys.argv[1], file=sys.stderr)
print("\n2026-01-01T00:00:00Z CRITICAL INJ forged line of a log", file=sys.stderr)
sys.exit(1)

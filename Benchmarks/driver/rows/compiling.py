TITLE = "x"
ABOUT = "x"
def measure(bench):
    return []

"""
>>> twice(2)
4
>>> twice("a")
'aa'
"""
def twice(x):
    """
    >>> twice(1)
    3
    """
    return x * 2
import doctest
print(doctest.testmod())

import warnings
warnings.warn("careful")
warnings.warn("old", DeprecationWarning)
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    warnings.warn("kept")
print(seen[0].message, "\d")

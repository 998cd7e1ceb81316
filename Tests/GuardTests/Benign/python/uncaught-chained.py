try:
    try:
        {}["a"]
    except KeyError as error:
        raise RuntimeError("outer") from error
except RuntimeError:
    raise TypeError("during")

# Submodules of a denied module are denied too, so that the rest of the name is free text in the list of violations.
for name in (
    "socket.\x1b]0;INJ\x07",
    "socket.\x9b2J\u202eINJ",
    "socket.<script>INJ</script>",
    "socket.\nsanderling: ok: INJ",
    "socket.\r\x00INJ",
    "socket." + "INJ" * 5000,
):
    try:
        __import__(name)
        print("BREACH: imported", ascii(name), flush=True)
    except (ImportError, ValueError) as error:
        print("asked", type(error).__name__, flush=True)
__import__("socket.\x1b]0;INJ\x07<img src=x onerror=INJ>")

import io
print("BREACH", io.open_code.__self__.__dict__["open_code"], io.os if hasattr(io, "os") else __import__("os").getpid())

import io, csv, base64, hashlib, zlib, binascii, uuid, secrets, time
out = io.StringIO()
csv.writer(out).writerow([1, "a,b"])
print(repr(out.getvalue()), base64.b64encode(b"x"), hashlib.sha256(b"x").hexdigest()[:8], zlib.decompress(zlib.compress(b"a")))
print(io.BytesIO(b"a\nb").readlines(), list(csv.DictReader(["a,b", "1,2"])), uuid.UUID(int=1), len(secrets.token_hex(4)))
print(time.strftime("%Y", time.gmtime(0)), time.perf_counter() > 0)

import zipimport, random
z = zipimport.zipimporter
print("BREACH", z.load_module.__globals__["_bootstrap"]._load)

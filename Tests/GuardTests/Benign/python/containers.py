import heapq, bisect, array, struct, collections.abc
h = [5, 1, 4]
heapq.heapify(h)
a = array.array("i", [1, 2])
print(heapq.nsmallest(2, h, key=lambda x: -x), bisect.bisect([1, 3], 2), a, struct.pack("<I", 5), isinstance([], collections.abc.Sequence))
print(sorted("bca", reverse=True), list(heapq.merge([1, 4], [2])), memoryview(b"abc")[1:].tobytes())

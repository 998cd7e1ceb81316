# A library of compiled code, with threads of its own.
import numpy
matrix = numpy.random.rand(400, 400)
print(numpy.linalg.svd(matrix @ matrix)[1].shape)
numpy.save("/work/matrix.npy", matrix)
print(numpy.load("/work/matrix.npy", mmap_mode="r").sum() > 0)

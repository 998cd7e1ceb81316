import abc
class Shape(abc.ABC):
    kinds = []
    def __init_subclass__(cls, **named):
        super().__init_subclass__()
        Shape.kinds.append(cls.__name__)
    @abc.abstractmethod
    def area(self): ...
class Square(Shape):
    __slots__ = ("side",)
    def __init__(self, side):
        self.side = side
    @property
    def area(self):
        return self.side ** 2
class Meta(type):
    def __call__(cls, *rest):
        print("making", cls.__name__)
        return super().__call__(*rest)
class Made(metaclass=Meta):
    def __set_name__(self, owner, name):
        print(owner, name)
class Uses:
    made = Made()
print(Square(3).area, Shape.kinds, Shape.__subclasses__(), Uses.__mro__)
try:
    Shape()
except TypeError as error:
    print(error)

import pickle, copy, copyreg
class Node:
    def __init__(self, v, next=None):
        self.v, self.next = v, next
n = pickle.loads(pickle.dumps(Node(1, Node([2, {3}]))))
print(n.next.v, copy.deepcopy(n).v, copy.copy(n).next is n.next, pickle.loads(pickle.dumps(len))([1]))

import threading, queue
q = queue.Queue()
lock = threading.Lock()
total = 0
def add(n):
    global total
    for _ in range(100):
        with lock:
            total += n
    q.put(n)
ts = [threading.Thread(target=add, args=(n,)) for n in range(4)]
[t.start() for t in ts]
[t.join() for t in ts]
print(total, sorted(q.get() for _ in ts), threading.current_thread().name)
late = threading.Thread(target=lambda: print("late one"))
late.start()

import multiprocessing
p = multiprocessing.get_context("fork").Process(target=print, args=("BREACH",))
p.start()
p.join()

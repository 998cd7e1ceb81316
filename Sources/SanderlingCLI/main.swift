print("sanderling")

print("sanderling-launcher")

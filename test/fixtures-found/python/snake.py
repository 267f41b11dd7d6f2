def total(order): return order["count"]

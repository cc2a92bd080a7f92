"""Reads the stock from the old system's list: one `sku;name;count` a line."""

import sys

from inventory.stock import Item, Warehouse


def read(lines):
    warehouse = Warehouse()
    for line in lines:
        sku, name, count = line.rstrip("\n").split(";")
        warehouse.add_item(Item(sku, name), int(count))
    return warehouse


print "items read:", len(read(sys.stdin).items)

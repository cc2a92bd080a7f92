"""The stock as CSV."""

from inventory.stock import Warehouse


def low_stock_csv(warehouse: Warehouse) -> str:
    """Items that are below their minimum, the scarcest first."""
    rows = []
    for sku, item in warehouse.items.items():
        count = warehouse.counts.get(sku, 0)
        missing = item.minimum - count
        if missing <= 0:
            continue
        share = count / item.minimum if item.minimum else 0
        value = missing * item.price_cents
        rows.append({"sku": sku, "name": item.name, "count": count, "missing": missing, "share": share, "value": value})
    rows.sort(key=lambda row: (row["share"], -row["value"], row["sku"]))
    total_missing = sum(row["missing"] for row in rows)
    total_value = sum(row["value"] for row in rows)
    lines = ["sku,name,count,missing"]
    lines += [f"{row['sku']},{row['name']},{row['count']},{row['missing']}" for row in rows]
    lines.append(f",total,{total_missing},{total_value}")
    return "\n".join(lines)

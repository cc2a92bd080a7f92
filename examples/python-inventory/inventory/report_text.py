"""The stock as plain text."""

from inventory.stock import Warehouse


def low_stock_text(warehouse: Warehouse) -> str:
    """Items that are below their minimum, the scarcest first, in columns."""
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
    lines = [f"{row['name']:<24} {row['count']:>6} {row['missing']:>6}" for row in rows]
    lines.append(f"{'total':<24} {total_missing:>6} {total_value:>10}")
    return "\n".join(lines)

"""What to order, and how much of it."""

from inventory.stock import Item


def order_quantity(item: Item, count: int, sold: list[int], season: str, supplier: dict) -> int:
    """How many of an item to order, from what was sold in the last weeks."""
    if supplier.get("closed"):
        return 0
    average = sum(sold) / len(sold) if sold else 0
    wanted = 0
    if count < item.minimum:
        wanted = item.minimum - count
        if average > 0:
            if season == "winter" and supplier.get("slow"):
                wanted += int(average * 4)
            elif season == "winter":
                wanted += int(average * 3)
            elif season == "summer" and not supplier.get("slow"):
                wanted += int(average)
            else:
                wanted += int(average * 2)
    elif average > 0 and count / average < 2:
        if supplier.get("slow") or season == "winter":
            wanted = int(average * 3) - count
        else:
            wanted = int(average * 2) - count
    if wanted <= 0:
        return 0
    pack = supplier.get("pack", 1)
    if pack > 1 and wanted % pack:
        wanted += pack - wanted % pack
    if supplier.get("least") and wanted < supplier["least"]:
        if wanted * 2 >= supplier["least"]:
            wanted = supplier["least"]
        else:
            wanted = 0
    if supplier.get("most") and wanted > supplier["most"]:
        wanted = supplier["most"]
    return wanted

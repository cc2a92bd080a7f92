"""Items and how many of them there are."""

from dataclasses import dataclass, field


class OutOfStock(Exception):
    """Raised where more is taken than there is."""


@dataclass
class Item:
    sku: str
    name: str
    minimum: int = 0
    price_cents: int = 0


@dataclass
class Warehouse:
    items: dict[str, Item] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def add_item(self, item: Item, count: int = 0) -> None:
        self.items[item.sku] = item
        self.counts[item.sku] = count

    def receive(self, sku: str, count: int, notes: list[str] = []) -> list[str]:
        """Counts a delivery in and answers with the notes on it."""
        self.counts[sku] += count
        notes.append(f"{count} x {self.items[sku].name}")
        return notes

    def take(self, sku: str, count: int) -> None:
        if count > self.counts[sku]:
            raise OutOfStock(f"{sku}: {count} wanted, {self.counts[sku]} there")
        self.counts[sku] -= count

    def value_cents(self) -> int:
        return sum(self.items[sku].price_cents * count for sku, count in self.counts.items())

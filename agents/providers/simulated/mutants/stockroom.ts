/** A small Python repository for tests: what lies on shelves, and what it costs to send. */
export const stockroom: Readonly<Record<string, string>> = {
  'pyproject.toml': '[project]\nname = "stockroom"\nversion = "0.1.0"\n',
  'stockroom/__init__.py': '',
  'stockroom/shelf.py': `class Shelf:
    """Pieces by article, and how many fit."""

    def __init__(self, capacity):
        self.capacity = capacity
        self.pieces = {}

    def total(self):
        return sum(self.pieces.values())

    def free(self):
        return self.capacity - self.total()

    def put(self, article, count=1):
        """Puts as many as fit, and returns what is left over."""
        taken = min(count, self.free())
        if taken > 0:
            self.pieces[article] = self.pieces.get(article, 0) + taken
        return count - taken

    def take(self, article, count=1):
        present = self.pieces.get(article, 0)
        if count > present:
            raise LookupError(article)
        if count == present:
            del self.pieces[article]
        else:
            self.pieces[article] = present - count
        return count


def distribute(shelves, article, count):
    """Fills one shelf after the other."""
    for shelf in shelves:
        count = shelf.put(article, count)
        if count == 0:
            break
    return count
`,
  'stockroom/shipping.py': `ZONES = {"domestic": 4.5, "europe": 9.0, "world": 18.0}
HEAVY = 20


def parcels(weight, most=30):
    """The number of parcels that a weight takes."""
    full, rest = divmod(weight, most)
    return full + (1 if rest > 0 else 0)


def price(weight, zone, express=False):
    base = ZONES[zone] * parcels(weight)
    if weight > HEAVY:
        base += (weight - HEAVY) * 0.5
    if express:
        base *= 2
    return round(base, 2)


def cheapest(offers, limit=None):
    """The name of the cheapest offer within the limit, or None."""
    allowed = [(cost, name) for name, cost in offers.items() if limit is None or cost <= limit]
    if not allowed:
        return None
    return min(allowed)[1]
`,
  'stockroom/history.py': `def running_totals(changes, start=0):
    totals = []
    current = start
    for change in changes:
        current += change
        totals.append(current)
    return totals


def longest_rise(values):
    """The length of the longest stretch in which each value is above the one before."""
    best = current = 1 if values else 0
    for index in range(1, len(values)):
        if values[index] > values[index - 1]:
            current += 1
        else:
            current = 1
        best = max(best, current)
    return best


def moving_average(values, window):
    averages = []
    for end in range(window, len(values) + 1):
        part = values[end - window:end]
        averages.append(sum(part) / window)
    return averages
`,
  'tests/__init__.py': '',
  'tests/test_shelf.py': `import unittest

from stockroom.shelf import Shelf, distribute


class ShelfTest(unittest.TestCase):
    def test_takes_what_fits(self):
        shelf = Shelf(10)
        self.assertEqual(shelf.put("bolt", 7), 0)
        self.assertEqual(shelf.put("nut", 5), 2)
        self.assertEqual(shelf.total(), 10)
        self.assertEqual(shelf.free(), 0)

    def test_counts_up(self):
        shelf = Shelf(10)
        shelf.put("bolt", 2)
        shelf.put("bolt", 3)
        self.assertEqual(shelf.pieces, {"bolt": 5})

    def test_full_shelf_holds_no_empty_article(self):
        shelf = Shelf(1)
        shelf.put("bolt")
        self.assertEqual(shelf.put("nut"), 1)
        self.assertEqual(shelf.pieces, {"bolt": 1})

    def test_gives_what_is_there(self):
        shelf = Shelf(10)
        shelf.put("bolt", 3)
        self.assertEqual(shelf.take("bolt", 2), 2)
        self.assertEqual(shelf.pieces, {"bolt": 1})
        shelf.take("bolt")
        self.assertEqual(shelf.pieces, {})
        with self.assertRaises(LookupError):
            shelf.take("bolt")

    def test_distributes(self):
        shelves = [Shelf(3), Shelf(4)]
        self.assertEqual(distribute(shelves, "bolt", 9), 2)
        self.assertEqual([shelf.total() for shelf in shelves], [3, 4])
`,
  'tests/test_shipping.py': `import unittest

from stockroom.shipping import cheapest, parcels, price


class ShippingTest(unittest.TestCase):
    def test_parcels(self):
        self.assertEqual(parcels(30), 1)
        self.assertEqual(parcels(31), 2)
        self.assertEqual(parcels(60), 2)

    def test_price(self):
        self.assertEqual(price(10, "domestic"), 4.5)
        self.assertEqual(price(20, "europe"), 9.0)
        self.assertEqual(price(24, "domestic"), 6.5)

    def test_express_costs_twice(self):
        self.assertEqual(price(10, "world", express=True), 36.0)

    def test_cheapest(self):
        offers = {"snail": 3, "falcon": 9}
        self.assertEqual(cheapest(offers), "snail")
        self.assertEqual(cheapest(offers, limit=3), "snail")
        self.assertIsNone(cheapest(offers, limit=2))
`,
  'tests/test_history.py': `import unittest

from stockroom.history import longest_rise, moving_average, running_totals


class HistoryTest(unittest.TestCase):
    def test_running_totals(self):
        self.assertEqual(running_totals([3, -1, 4], start=10), [13, 12, 16])

    def test_longest_rise(self):
        self.assertEqual(longest_rise([1, 2, 3, 2, 3]), 3)
        self.assertEqual(longest_rise([2, 2]), 1)
        self.assertEqual(longest_rise([]), 0)

    def test_moving_average(self):
        self.assertEqual(moving_average([2, 4, 6, 8], 2), [3, 5, 7])
        self.assertEqual(moving_average([1], 2), [])
`,
}

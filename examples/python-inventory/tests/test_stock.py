import unittest

from inventory.stock import Item, OutOfStock, Warehouse


class StockTest(unittest.TestCase):
    def setUp(self):
        self.warehouse = Warehouse()
        self.warehouse.add_item(Item("bolt-8", "Bolt M8", minimum=100, price_cents=12), 80)

    def test_takes_out(self):
        self.warehouse.take("bolt-8", 30)
        self.assertEqual(self.warehouse.counts["bolt-8"], 50)

    def test_refuses_more_than_there_is(self):
        with self.assertRaises(OutOfStock):
            self.warehouse.take("bolt-8", 81)

    def test_notes_are_of_one_delivery(self):
        self.warehouse.receive("bolt-8", 10)
        self.assertEqual(self.warehouse.receive("bolt-8", 20), ["20 x Bolt M8"])

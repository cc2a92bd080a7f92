import unittest
from decimal import Decimal

from invoices.totals import invoice_total, line_total


class Hidden(unittest.TestCase):
    def test_quarter(self):
        self.assertEqual(line_total(8, 1, 25), Decimal("6.00"))

    def test_all(self):
        self.assertEqual(line_total(8, 1, 100), Decimal("0.00"))

    def test_invoice(self):
        self.assertEqual(invoice_total([(10, 2, 5), (1.25, 4)], tax=10), Decimal("26.40"))

import unittest
from decimal import Decimal

from invoices.totals import invoice_total, line_total


class TotalsTest(unittest.TestCase):
    def test_line_without_discount(self):
        self.assertEqual(line_total(2.5, 3), Decimal("7.50"))

    def test_line_with_discount(self):
        self.assertEqual(line_total(20, 2, 10), Decimal("36.00"))

    def test_tax(self):
        self.assertEqual(invoice_total([(10, 1)], tax=20), Decimal("12.00"))

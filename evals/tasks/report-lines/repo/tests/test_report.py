import unittest

from hours.report import report


class ReportTest(unittest.TestCase):
    def test_nothing(self):
        self.assertEqual(report([]), "total............... 0 h")

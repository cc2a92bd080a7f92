import unittest

from numerals.roman import from_roman


class RomanTest(unittest.TestCase):
    def test_one(self):
        self.assertEqual(from_roman("I"), 1)

import unittest

from words.count import top_words


class Hidden(unittest.TestCase):
    def test_order(self):
        self.assertEqual(top_words("b a b c a d", 3), [("a", 2), ("b", 2), ("c", 1)])

    def test_ignore(self):
        self.assertEqual(top_words("The cat the hat", 5, ignore=["THE"]), [("cat", 1), ("hat", 1)])

    def test_fewer(self):
        self.assertEqual(top_words("x", 9), [("x", 1)])

    def test_none(self):
        self.assertEqual(top_words("", 3), [])

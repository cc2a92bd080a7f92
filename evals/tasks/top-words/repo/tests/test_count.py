import unittest

from words.count import count_words


class CountTest(unittest.TestCase):
    def test_case_does_not_matter(self):
        self.assertEqual(count_words("To be or not to be"), {"to": 2, "be": 2, "or": 1, "not": 1})

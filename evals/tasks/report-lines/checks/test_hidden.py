import inspect
import unittest

from hours import report as module


class Hidden(unittest.TestCase):
    def test_text(self):
        self.assertEqual(
            module.report([("Ada", 7), ("Grace", 12)]),
            "Ada................. 7 h\nGrace...............12 h\ntotal...............19 h",
        )

    def test_line(self):
        self.assertEqual(module.line("Ada", 10), "Ada.................10 h")

    def test_one_place(self):
        self.assertLessEqual(inspect.getsource(module).count(" h\""), 1)

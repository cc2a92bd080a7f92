"""Runs unittest's discovery and writes one JSON object a line for each test, as it ends. Argument: where to write."""

import inspect
import json
import os
import sys
import time
import unittest

MOST_MESSAGE = 4000


class Report(unittest.TextTestResult):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.out = open(sys.argv[1], "w", encoding="utf-8")

    def startTest(self, test):
        self.started = time.perf_counter()
        super().startTest(test)

    def write(self, test, status, message=""):
        file, line = place_of(test)
        milliseconds = (time.perf_counter() - getattr(self, "started", time.perf_counter())) * 1000
        record = {
            "name": getattr(test, "_testMethodName", str(test)),
            "suite": type(test).__qualname__,
            "file": file,
            "line": line,
            "status": status,
            "durationMs": milliseconds,
            "message": message[-MOST_MESSAGE:],
        }
        self.out.write(json.dumps(record) + "\n")
        self.out.flush()

    def addSuccess(self, test):
        super().addSuccess(test)
        self.write(test, "passed")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.write(test, "failed", self._exc_info_to_string(err, test))

    def addError(self, test, err):
        super().addError(test, err)
        self.write(test, "failed", self._exc_info_to_string(err, test))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.write(test, "skipped", reason)

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self.write(test, "passed")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self.write(test, "failed", "was expected to fail, and passed")

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.write(test, "failed", self._exc_info_to_string(err, test))


def place_of(test):
    """File, relative to the repository, and line of a test method; nothing where it has none."""
    method = getattr(test, getattr(test, "_testMethodName", ""), None)
    try:
        function = inspect.unwrap(method)
        file = os.path.relpath(inspect.getsourcefile(function))
        return (None, None) if file.startswith("..") else (file, inspect.getsourcelines(function)[1])
    except (TypeError, OSError):
        return None, None


def discover():
    """All tests below the top; those in a directory that is no package are found from there."""
    loader = unittest.TestLoader()
    suite = unittest.TestSuite([loader.discover(".", top_level_dir=".")])
    for directory in ("tests", "test"):
        if os.path.isdir(directory) and not os.path.exists(os.path.join(directory, "__init__.py")):
            suite.addTests(unittest.TestLoader().discover(directory))
    return suite


sys.path.insert(0, os.getcwd())
result = unittest.TextTestRunner(resultclass=Report, verbosity=2).run(discover())
sys.exit(0 if result.wasSuccessful() else 1)

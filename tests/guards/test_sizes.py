"""Files, functions and views stay small enough to be read in one go (design: style 3.10)."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.tree import ROOT, short, texts

FILE_LINES, TEST_LINES, FUNCTION_LINES, VIEW_LINES, CONFTEST_LINES = 300, 500, 40, 15, 150
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _code() -> list[Path]:
    """The portal's own files; migrations are written once and never read again."""
    versions = ROOT / "portal" / "data" / "migrations" / "versions"
    return [
        path
        for path in texts(".py")
        if path.is_relative_to(ROOT / "portal") and not path.is_relative_to(versions)
    ]


def _functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def _lines(function: Function) -> int:
    """Lines from `def` to the end, without the docstring: explaining costs nothing."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return lines
    text = function.body[0]
    return lines - ((text.end_lineno or text.lineno) - text.lineno + 1)


def _is_view(function: Function) -> bool:
    """Decorated by `<blueprint>.route`, `.get` or `.post`."""
    calls = [one.func for one in function.decorator_list if isinstance(one, ast.Call)]
    return any(isinstance(call, ast.Attribute) and call.attr in {"route", "get", "post"} for call in calls)


def _length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_is_long() -> None:
    long = [(short(path), _length(path)) for path in _code() if _length(path) > FILE_LINES]
    assert not long, f"more than {FILE_LINES} lines: split by subject into a package of the same name"


def test_no_test_file_is_long() -> None:
    tests = [path for path in texts(".py") if path.is_relative_to(ROOT / "tests")]
    assert not [(short(path), _length(path)) for path in tests if _length(path) > TEST_LINES]
    assert _length(ROOT / "tests" / "conftest.py") < CONFTEST_LINES


def test_no_function_is_long() -> None:
    long = [
        f"{short(path)}:{function.lineno} {function.name}: {_lines(function)}"
        for path in _code()
        for function in _functions(path)
        if _lines(function) > FUNCTION_LINES
    ]
    assert not long, f"more than {FUNCTION_LINES} lines"


def test_no_view_is_long() -> None:
    """A view loads, asks, acts, says and goes; what is more belongs to forms, actions or queries."""
    views = [
        (path, function)
        for path in _code()
        if "routes" in path.relative_to(ROOT).as_posix()
        for function in _functions(path)
        if _is_view(function)
    ]
    assert views
    long = [
        f"{short(p)}:{view.lineno} {view.name}: {_lines(view)}"
        for p, view in views
        if _lines(view) > VIEW_LINES
    ]
    assert not long, f"more than {VIEW_LINES} lines"

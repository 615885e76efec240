"""What the source of the store says about itself: its SQL, and who may write with it."""

import ast
import re
from collections.abc import Iterator

SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|WHERE)\b")
CHANGES = re.compile(r"\b(INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM)\b")
# The methods of a Writing that change something.
CHANGING = {"run", "change_one", "bulk", "bulk_change", "bulk_columns"}


def sql_in(tree: ast.AST) -> list[str]:
    """The strings that are SQL or a part of it; a docstring is none."""
    said = {id(docstring) for docstring in _docstrings(tree)}
    constants = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in said]
    found = [node.value for node in constants if isinstance(node.value, str)]
    return [sql for sql in found if SQL.search(sql)]


def _docstrings(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr):
                yield first.value


def unaudited(source: str) -> list[str]:
    """Where a module changes rows without a ``Writing`` as first argument: names, with a reason."""
    tree = ast.parse(source)
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    found = [
        f"{function.name} changes rows, and its first argument is not a Writing"
        for function in functions
        if _changes_rows(function) and not _is_given_a_writing(function)
    ]
    constants = [n for n in tree.body if isinstance(n, ast.Assign | ast.AnnAssign)]
    hidden = [node for node in constants if any(map(CHANGES.search, sql_in(node)))]
    return found + [f"line {n.lineno} keeps a statement that changes rows outside" for n in hidden]


def _changes_rows(function: ast.FunctionDef) -> bool:
    calls = [n.func for n in ast.walk(function) if isinstance(n, ast.Call)]
    methods = {call.attr for call in calls if isinstance(call, ast.Attribute)}
    return bool(methods & CHANGING) or any(map(CHANGES.search, sql_in(function)))


def _is_given_a_writing(function: ast.FunctionDef) -> bool:
    first = function.args.args[0] if function.args.args else None
    return first is not None and ast.unparse(first.annotation or ast.Tuple([])) == "Writing"

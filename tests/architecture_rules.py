"""Who may import what, and what may stand where: the table, and the rules that hold it.

Nothing but the standard library is used, so that no other fault of the project can hide one
found here. Each fault names file, line and rule. The reasons are in CONTRIBUTING.md.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# Each layer may import from itself and from those above it, never from below.
LAYERS = {
    "facts": (
        "settings frozen provider standard organisations access polarity indicators series "
        "answers trust_actions replies survey_terms file_results reviewed_files "
        "moments texts mail_server measures look"
    ),
    "numbers": "statistics scoring peers evidence imports",
    "store": "store",
    # and every module of benchmarking/ that is not named here
    "use cases": (
        "assessing results survey file_review voices action_plan people demonstration complaints "
        "operations"
    ),
    "renderings": "charts reports",
    "doors": "ui web commands",
    "compositions": "pages dashboard __main__",
}
ORDER = list(LAYERS)
LAYER_OF = {part: layer for layer, parts in LAYERS.items() for part in parts.split()}

# The only parts that may import a library. A library that is not listed has no one home.
HOMES = {
    "streamlit": "ui pages dashboard",
    "sqlalchemy": "store",
    "duckdb": "store",
    "psycopg": "store",
    "fsspec": "store",
    "plotly": "charts",
    "cachetools": "ui",
    "starlette": "web dashboard",
    "jinja2": "web reports",
    "prometheus_client": "measures web",
    "click": "commands __main__",
}
READS_FILES = {
    *("settings", "standard", "organisations", "indicators", "imports"),
    *("documents", "look", "demonstration", "store", "commands"),
}
LAYOUT_CALLS = {"columns", "container", "divider", "empty", "expander", "space", "tabs"}
CACHES = {"cache_data", "cache_resource", "cached", "LRUCache", "TTLCache"}
EMPTY_NAMES = {"utils", "util", "helpers", "common", "misc", "manager", "data"}

# Functions that are given a visit and ask nothing. These, because everybody may know the answer:
OPEN_TO_ALL = {"assessing.sheets.cycles_of", "assessing.sheets.current_cycle"}
# and these, because the use case that calls them has asked. Nothing but a use case may name them.
FOR_USE_CASES = {
    *("assessing.sheet_reading.read_sheet", "assessing.drafts.stored_line"),
    *("results.levels.of_cycle", "free_text.confirmed"),
}

LONGEST_BODY = 40
LONGEST_FILE = 400
LONGEST_PAGE = 40

SQL = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET|CREATE\s+TABLE)\b", re.S
)
OPENS_A_FILE = re.compile(r"(read|write)_(text|bytes)|read_(csv|excel|parquet)")

Function = ast.FunctionDef | ast.AsyncFunctionDef
Fault = tuple[int, str]


@dataclass(frozen=True)
class File:
    """One source file with its place in the table. ``part`` is its folder or module name."""

    path: str
    source: str
    tree: ast.Module
    part: str
    layer: str


def parsed(path: str, source: str) -> File:
    """The file, with the part and the layer that its path says."""
    pieces = path.removesuffix(".py").split("/")
    part = pieces[1] if pieces[0] == "benchmarking" else pieces[0]
    # The package's own first file is imported by all.
    layer = "facts" if part == "__init__" else LAYER_OF.get(part, "use cases")
    return File(path, source, ast.parse(source), part, layer)


def faults(path: str, source: str) -> list[str]:
    """Every breach of the table in one file, as ``file, line: rule.``"""
    file = parsed(path, source)
    found = sorted(fault for rule in RULES for fault in rule(file))
    return [f"{path}, line {line}: {problem}." for line, problem in found]


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every imported module as line and dotted name; names of the package itself in full."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "benchmarking":
            yield from ((node.lineno, f"benchmarking.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.lineno, node.module or ""


def functions(tree: ast.Module) -> Iterator[Function]:
    return (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def is_public(node: ast.stmt) -> bool:
    return isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_")


# The rules. Each is given a file and yields the lines that break it.


def imports_come_from_above(file: File) -> Iterator[Fault]:
    for line, name in imports(file.tree):
        if not name.startswith("benchmarking."):
            continue
        target = name.split(".")[1]
        layer = "facts" if target.startswith("__") else LAYER_OF.get(target, "use cases")
        if ORDER.index(layer) > ORDER.index(file.layer):
            yield line, f"{file.part} ({file.layer}) may not import {name} ({layer}), a layer below"
        if layer == file.layer == "doors" and target != file.part:
            yield line, f"{file.part} and {target} do not know each other, yet it imports {name}"
        if target == "store" and file.layer == "renderings":
            yield line, f"{file.part} is given results and never fetches, yet it imports {name}"
        if target == "store" and file.part == "pages":
            yield line, f"a page asks a use case, never the store, yet it imports {name}"


def imports_are_absolute(file: File) -> Iterator[Fault]:
    for node in ast.walk(file.tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield node.lineno, "imports are absolute: write the name from `benchmarking` on"


def libraries_stay_at_home(file: File) -> Iterator[Fault]:
    for line, name in imports(file.tree):
        library = name.split(".")[0]
        if library in HOMES and file.part not in HOMES[library].split():
            homes = " and ".join(HOMES[library].split())
            yield line, f"only {homes} may import {library}, and this is {file.part}"
        if file.part == "pages" and library not in {"benchmarking", "streamlit"}:
            yield line, f"a page imports the package and Streamlit, nothing else: not {name}"


def pages_compose(file: File) -> Iterator[Fault]:
    if file.part != "pages":
        return
    # Streamlit opens a file directly in pages/ by its address, past the sign-in (CONTRIBUTING.md).
    if file.path.count("/") != 2:
        yield 1, "a page lies one folder down, in pages/<reader>/, never directly in pages/"
    for node in ast.walk(file.tree):
        if isinstance(node, Function | ast.ClassDef | ast.Lambda):
            yield node.lineno, "a page has no def, class or lambda: move it to the part it is about"
    for line, name in streamlit_names(file.tree):
        if name not in LAYOUT_CALLS:
            yield line, f"a page calls Streamlit for layout alone: st.{name} belongs in ui"


def streamlit_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id in {"st", "streamlit"}:
                yield node.lineno, node.attr
        elif isinstance(node, ast.ImportFrom) and node.module == "streamlit":
            yield from ((node.lineno, alias.name) for alias in node.names)


def caches_stay_in_ui(file: File) -> Iterator[Fault]:
    if file.part != "ui":
        yield from (
            (line, f"only ui caches, and this is {file.part}") for line in caches(file.tree)
        )


def caches(tree: ast.Module) -> Iterator[int]:
    """Lines that name a cache that lives between runs."""
    for node in ast.walk(tree):
        imported = node.names if isinstance(node, ast.ImportFrom) else []
        if {getattr(node, "attr", ""), *(alias.name for alias in imported)} & CACHES:
            yield getattr(node, "lineno", 1)


def sql_stays_in_the_store(file: File) -> Iterator[Fault]:
    if file.part == "store":
        return
    prose = {id(node.value) for node in ast.walk(file.tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(file.tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in prose else ""
        if isinstance(text, str) and SQL.search(text):
            yield getattr(node, "lineno", 1), f"SQL belongs in store, and this is {file.part}"


def files_are_read_by_loaders(file: File) -> Iterator[Fault]:
    if file.part in READS_FILES:
        return
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call) and opens_a_file(node.func):
            yield node.lineno, f"only loaders and store read or write files, not {file.part}"


def opens_a_file(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id == "open"
    return isinstance(called, ast.Attribute) and bool(OPENS_A_FILE.fullmatch(called.attr))


def what_use_cases_share_stays_with_them(file: File) -> Iterator[Fault]:
    if file.layer == "use cases":
        return
    known = brought_in(file.tree)
    for node in ast.walk(file.tree):
        for name in named_by(node, known) + imported_by(node):
            if name in FOR_USE_CASES:
                line = getattr(node, "lineno", 1)
                yield line, f"{name} asks no permission: only a use case may call it"


def named_by(node: ast.AST, known: Mapping[str, str]) -> list[str]:
    """The ``module.function`` that an expression names; often none."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return [f"{known.get(node.value.id, node.value.id)}.{node.attr}"]
    return []


def brought_in(tree: ast.Module) -> dict[str, str]:
    """What each imported name of the package stands for: ``folder.module`` or a function of it."""
    return {name.split(".")[-1]: name for node in ast.walk(tree) for name in imported_by(node)}


def imported_by(node: ast.AST) -> list[str]:
    """What is imported from a module of the package, as ``module.function``; often nothing."""
    if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("benchmarking."):
        home = (node.module or "").removeprefix("benchmarking.")
        return [f"{home}.{alias.name}" for alias in node.names]
    return []


def body(function: Function) -> list[ast.stmt]:
    """The statements after the docstring; the docstring where there are no others."""
    rest = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return rest or function.body


def functions_and_files_stay_short(file: File) -> Iterator[Fault]:
    lines = len(file.source.splitlines())
    most = LONGEST_PAGE if file.part == "pages" else LONGEST_FILE
    if lines > most:
        yield lines, f"{lines} lines are too many: a file here has at most {most}"
    for function in functions(file.tree):
        statements = body(function)
        length = (statements[-1].end_lineno or 0) - statements[0].lineno + 1
        if length > LONGEST_BODY:
            yield function.lineno, f"{function.name} has {length} lines, at most {LONGEST_BODY}"


def public_things_say_what_they_are(file: File) -> Iterator[Fault]:
    if file.tree.body and ast.get_docstring(file.tree) is None:
        yield 1, "the file begins with a docstring: one sentence that says what you find here"
    for node in file.tree.body:
        if isinstance(node, Function | ast.ClassDef) and is_public(node):
            yield from undocumented(node)


def undocumented(node: Function | ast.ClassDef) -> Iterator[Fault]:
    if ast.get_docstring(node) is None:
        yield node.lineno, f"{node.name} is public and has no docstring"
    for inner in node.body if isinstance(node, ast.ClassDef) else ():
        # What one statement says is said; the class has told what it is about.
        if isinstance(inner, Function) and is_public(inner) and len(inner.body) > 1:
            yield from undocumented(inner)


def names_say_something(file: File) -> Iterator[Fault]:
    *folders, name = file.path.removesuffix(".py").split("/")
    for empty in EMPTY_NAMES & {*folders, name}:
        yield 1, f"the name {empty!r} says nothing: use the field's own word"
    if len(folders) > 1 and folders[0] == "benchmarking" and file.part not in LAYER_OF:
        yield 1, f"the folder benchmarking/{file.part}/ has no line in the table of layers"


RULES = (
    imports_come_from_above,
    imports_are_absolute,
    libraries_stay_at_home,
    pages_compose,
    caches_stay_in_ui,
    sql_stays_in_the_store,
    files_are_read_by_loaders,
    what_use_cases_share_stays_with_them,
    functions_and_files_stay_short,
    public_things_say_what_they_are,
    names_say_something,
)


def modules_that_cache(files: Mapping[str, str]) -> list[str]:
    """The files that name a cache that lives between runs."""
    return [path for path, source in files.items() if any(caches(ast.parse(source)))]


# Use cases ask before they do anything. What one of them asks may stand in another's file, so
# this rule alone looks at all files at once.


def use_cases_that_do_not_ask(files: Mapping[str, str]) -> list[str]:
    """The public functions that are given a ``visit`` and do not first call check_can."""
    known: dict[str, tuple[File, Function]] = {}
    for file in (parsed(path, source) for path, source in files.items()):
        if file.layer == "use cases":
            found = (node for node in file.tree.body if isinstance(node, Function))
            known |= {f"{module(file)}.{node.name}": (file, node) for node in found}
    return [
        f"{file.path}, line {node.lineno}: {name} is a use case: its first line calls check_can."
        for name, (file, node) in known.items()
        if is_public(node) and any(argument.arg == "visit" for argument in node.args.args)
        if name not in OPEN_TO_ALL | FOR_USE_CASES and not asks(name, known, frozenset())
    ]


def module(file: File) -> str:
    """The file's dotted name within the package."""
    dotted = file.path.removeprefix("benchmarking/").removesuffix(".py").replace("/", ".")
    return dotted.removesuffix(".__init__")


def asks(name: str, known: Mapping[str, tuple[File, Function]], seen: frozenset[str]) -> bool:
    """Whether its first line asks access, itself or through another use case's function."""
    called = first_calls(*known[name])
    others = (called & known.keys()) - seen - {name}
    itself = called & {"access.check_can", "access.can"}
    return bool(itself) or any(asks(other, known, seen | {name}) for other in others)


def first_calls(file: File, function: Function) -> set[str]:
    """What the first line calls, as ``module.function``; of a block, its opening line alone."""
    imported = brought_in(file.tree)
    first = body(function)[0]
    opening = [part for part in ast.iter_child_nodes(first) if not isinstance(part, ast.stmt)]
    calls = [n.func for part in opening for n in ast.walk(part) if isinstance(n, ast.Call)]
    here = {imported.get(c.id, f"{module(file)}.{c.id}") for c in calls if isinstance(c, ast.Name)}
    return here | {name for c in calls for name in named_by(c, imported)}

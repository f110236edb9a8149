"""Rules of the house that no other tool checks: layers, sizes, documentation."""

import ast
import re
import statistics
import subprocess
import sys
import tomllib
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = [
    "socialekaart",
    "accounts",
    "providers",
    "search",
    "selfservice",
    "gaps",
    "importing",
    "api",
    "demo",
]
AUDIENCES = {"search", "selfservice", "gaps", "importing", "api"}
SCRIPTS = ["bin", "benchmarks"]
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50
MAX_MEDIAN_LINES = 10
MAX_TEMPLATE_COLUMNS = 120
MAX_MODULES = 16
MAX_METHODS = 15

# With models, services and rules the core of the domain: rules and facts, without the web.
DOMAIN_FILES = ["enums.py", "permissions.py"]
WEB = ("django.http", "django.forms", "django.shortcuts", "django.views", "rest_framework")


def python_files(*folders):
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def source_files():
    return [*python_files(*APPS, *SCRIPTS, "tests"), ROOT / "manage.py"]


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path):
    return str(path.relative_to(ROOT))


def functions(path):
    """Yield (name, number of lines) of every function and method, docstring included."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name_of(path)}:{node.name}", node.end_lineno - node.lineno + 1


def imported_modules(path):
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.starts_program
def test_imports_follow_the_layers():
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout


def test_the_domain_knows_no_web():
    files = python_files("providers/models", "providers/services", "providers/rules")
    files += [ROOT / "providers" / name for name in DOMAIN_FILES]
    found = [
        f"{name_of(path)} imports {module}"
        for path in files
        for module in imported_modules(path)
        if module.startswith(WEB)
    ]
    assert found == []


def test_models_of_the_domain_know_no_audience():
    found = [
        f"{name_of(path)} imports {module}"
        for path in python_files("providers", "accounts")
        for module in imported_modules(path)
        if module.split(".")[0] in AUDIENCES
    ]
    assert found == []


def test_no_app_is_named_coverage():
    """It would hide the package of that name from every tool that measures tests."""
    assert not (ROOT / "coverage").exists()


def test_no_file_is_too_long():
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in source_files()}
    assert {name: n for name, n in lengths.items() if n > MAX_FILE_LINES} == {}


def test_no_function_is_too_long():
    lengths = dict(item for path in source_files() for item in functions(path))
    assert {name: n for name, n in lengths.items() if n > MAX_FUNCTION_LINES} == {}


def test_functions_are_short():
    lengths = [lines for path in python_files(*APPS) for _name, lines in functions(path)]
    assert statistics.median(lengths) <= MAX_MEDIAN_LINES


def test_no_line_of_a_template_is_too_long():
    found = [
        f"{name_of(path)}:{number}"
        for path in sorted((ROOT / "templates").rglob("*.*"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > MAX_TEMPLATE_COLUMNS
    ]
    assert found == []


def test_no_folder_holds_too_many_modules():
    modules = (path for path in python_files(*APPS) if path.name != "__init__.py")
    folders = Counter(str(path.parent.relative_to(ROOT)) for path in modules)
    assert {name: n for name, n in folders.items() if n > MAX_MODULES} == {}


def test_no_class_has_too_many_methods():
    found = {
        f"{name_of(path)}:{node.name}": sum(
            isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) for part in node.body
        )
        for path in python_files(*APPS)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
    }
    assert {name: n for name, n in found.items() if n > MAX_METHODS} == {}


def modules_by_name():
    names = {}
    for path in python_files(*APPS):
        parts = path.relative_to(ROOT).with_suffix("").parts
        names[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return names


def test_no_files_import_each_other_in_a_circle():
    """Imports inside functions and for types count: a circle is a circle."""
    modules = modules_by_name()
    order = TopologicalSorter(
        {
            name: modules.keys() & set(imported_modules(path)) - {name}
            for name, path in modules.items()
        }
    )
    try:
        order.prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def remembered_words(path):
    """Yield every function that remembers its answers for all languages, and asks for a text."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef) and any(
            re.match(r"(functools\.)?(lru_)?cache\b", ast.unparse(one))
            for one in node.decorator_list
        ):
            called = {ast.unparse(one.func) for one in ast.walk(node) if isinstance(one, ast.Call)}
            if called & {"_", "gettext", "ngettext", "formats.date_format"}:
                yield f"{name_of(path)}:{node.name}"


def test_words_are_remembered_per_language():
    """With providers.languages.cached_per_language."""
    assert [name for path in python_files(*APPS) for name in remembered_words(path)] == []


def environment_variables():
    """Every variable that settings or the helpers below them read."""
    text = "".join((ROOT / "socialekaart" / name).read_text() for name in ("settings.py", "env.py"))
    return set(re.findall(r"(?:env_\w+\(|environ\.get\(|environ\[)\s*\"([A-Z_]+)\"", text))


def test_every_setting_from_outside_is_documented():
    variables = environment_variables()
    assert "DATABASE_URL" in variables
    documented = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs" / "operators.md").read_text()))
    assert variables - documented == set()


def management_commands():
    return {
        path.stem
        for app in APPS
        for path in (ROOT / app).rglob("management/commands/*.py")
        if not path.stem.startswith("_")
    }


def test_every_command_is_documented():
    docs = "\n".join(path.read_text() for path in (ROOT / "docs").rglob("*.md"))
    assert {name for name in management_commands() if name not in docs} == set()


def test_every_dependency_says_what_it_is_for():
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    lines = text.splitlines()
    for requirement in [item for group in groups for item in group]:
        (line,) = [line for line in lines if line.strip().startswith(f'"{requirement}"')]
        assert re.search(r",\s+# \w+", line), f"{requirement} has no comment"


def locked(name):
    lines = (ROOT / name).read_text().splitlines()
    return {re.split(r" [;\\]", line)[0] for line in lines if line and line[0].isalnum()}


def test_the_lock_for_development_holds_all_of_the_other():
    """bin/test installs that one only, and bin/demo relies on it."""
    assert locked("requirements.lock") - locked("requirements-dev.lock") == set()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_no_package_is_installed_without_its_hash(name):
    packages = re.split(r"^(?=[a-z0-9])", (ROOT / name).read_text(), flags=re.MULTILINE)[1:]
    assert len(packages) > 20
    assert [one.splitlines()[0] for one in packages if "--hash=sha256:" not in one] == []


@pytest.mark.parametrize("script", ["bin/demo", "bin/sbom", "bin/test", ".ci/run"])
def test_scripts_can_be_run(script):
    path = ROOT / script
    assert path.stat().st_mode & 0o111
    assert path.read_text().startswith("#!/bin/sh")


# What computes a rule, and the files that may: the rule itself, and the constraints of models.
RULES = {
    "overlap of ages": (
        r"\bage_(min|max)(__(?!range)|\s+IS\b|\s*[<>]=)",
        {"providers/rules/ages.py", "providers/models/base.py"},
    ),
    # The form and the chips only hand over which steps were chosen.
    "light help": (
        r"level__(in=UPSTREAM|[gl]te?=CareLevel)|\blevel (in UPSTREAM|[<>]=? CareLevel)"
        r"|level >= \{|[gl]te?=CareLevel",
        {"providers/rules/lightness.py"},
    ),
    "weeks until a start": (r"days / 7\b|days \* 7\b", {"providers/rules/start.py"}),
    "norm of a wait": (r"<= (norm|self\.norm|norms\[)", {"providers/rules/norms.py"}),
    "end of an intake stop": (r"\b(stop_)?until (<=|>) ", {"providers/rules/start.py"}),
    "fit of a help question": (
        r"\bMAIN_QUESTION\b|HALF_FIT|WHEN q\.rank|When\(rank",
        {"providers/rules/fit.py"},
    ),
    "freshness": (
        r"__range=[\w.]*counting|BETWEEN %\(|\.counting\(DatedFact",
        {"providers/rules/freshness.py"},
    ),
    "enrolment in a run": (
        r"\benrol_by( IS NULL|__isnull| >= (?!run|self\.starts))|cancelled or \w+\.starts_on",
        {"providers/rules/enrolment.py", "providers/models/groups.py"},
    ),
    "codes between bars": (r"strip\(\"\|\"\)", {"providers/index/codes.py"}),
    "part of the results": (r"\{\w*\(?Section\.[A-Z]+", {"providers/rules/sections.py"}),
}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_computed_in_one_file(rule):
    pattern, homes = RULES[rule]
    found = {
        f"{name_of(path)}: {line.strip()}"
        for path in python_files(*APPS)
        if name_of(path) not in homes
        for line in path.read_text().splitlines()
        if re.search(pattern, line)
    }
    assert found == set()
    assert all(re.search(pattern, (ROOT / home).read_text()) for home in homes)


def parametrised(path):
    """Yield (test, name, value) of every parameter that is written out in its row."""
    for test in ast.walk(tree_of(path)):
        for call in getattr(test, "decorator_list", []):
            if not (isinstance(call, ast.Call) and "parametrize" in ast.unparse(call.func)):
                continue
            names = re.findall(r"\w+", ast.unparse(call.args[0]))
            for row in getattr(call.args[1], "elts", []):
                values = getattr(row, "elts", []) if len(names) > 1 else [row]
                for name, value in zip(names, values, strict=False):
                    yield test, name, getattr(value, "value", None)


def test_no_test_looks_for_an_empty_text():
    """An empty text is in every other: such a row could not fail."""
    found = {
        f"{name_of(path)}:{test.name} {name}"
        for path in python_files("tests")
        for test, name, value in parametrised(path)
        if value in ("", b"")
        and re.search(rf"assert {name}(\.\w+\(\))? in |match={name}\b", ast.unparse(test))
    }
    assert found == set()

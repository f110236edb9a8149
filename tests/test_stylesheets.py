"""A page links one style sheet of ours, with all rules in it."""

import re
from collections import defaultdict

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage

from socialekaart.stylesheets import JoinedSheetsStorage

FOLDER = settings.STATICFILES_DIRS[0] / "socialekaart"
LINKED = re.compile(r'<link rel="stylesheet" href="[^"]*/socialekaart/([^"]+)"')


def collect(sources, root):
    """Collect the style sheets of a folder, as collectstatic does; return the storage."""
    storage = JoinedSheetsStorage(location=root, base_url="/static/")
    source = FileSystemStorage(sources)
    names = [f"socialekaart/{path.name}" for path in (sources / "socialekaart").glob("*.css")]
    for name in names:
        if not storage.exists(name):
            storage.save(name, source.open(name))
    results = list(storage.post_process({name: (source, name) for name in names}))
    assert [error for _, _, error in results if isinstance(error, Exception)] == []
    return storage


def served(storage, name):
    return storage.open(storage.stored_name(f"socialekaart/{name}")).read().decode()


def own_sheets(tmp_path, **sheets):
    folder = tmp_path / "sources" / "socialekaart"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in sheets.items():
        (folder / f"{name}.css").write_text(text)
    return tmp_path / "sources"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/?leeftijd=14", "/groepen/", "/account/login/", "/weg/"])
def test_a_page_links_one_sheet_of_ours(client, path):
    assert LINKED.findall(client.get(path).content.decode()) == ["site.css"]


@pytest.mark.django_db
def test_the_page_with_all_components_links_the_one_that_adds_to_it(client):
    assert LINKED.findall(client.get("/componenten/").content.decode()) == ["guide.css"]
    assert '@import "site.css";' in (FOLDER / "guide.css").read_text()


def test_every_sheet_is_imported_once():
    imported = re.findall(r'@import "(.+)";', (FOLDER / "site.css").read_text())
    assert sorted(imported) == sorted(
        path.name for path in FOLDER.glob("*.css") if path.name not in {"site.css", "guide.css"}
    )


def test_a_class_belongs_to_one_sheet():
    """Two that call different things by one name style each other's: the last one wins."""
    sheets = defaultdict(set)
    for path in FOLDER.glob("*.css"):
        for name in re.findall(r"^\.([\w-]+) \{", path.read_text(), re.MULTILINE):
            sheets[name].add(path.name)
    assert {name: found for name, found in sheets.items() if len(found) > 1} == {}


def test_rules_for_paper_are_for_paper_wherever_they_stand(tmp_path):
    storage = collect(FOLDER.parent, tmp_path)
    before, after = served(storage, "site.css").split("@media print {\n  @page {", 1)
    assert "size: A4;" in after
    assert "margin: 16mm" not in before


def test_what_is_served_holds_all_rules_in_order_and_imports_nothing(tmp_path):
    storage = collect(FOLDER.parent, tmp_path)
    sheet = served(storage, "site.css")
    places = [sheet.index(rule) for rule in (":root {", ".sk-bar {", ".sk-card {", ".sk-handout {")]
    assert places == sorted(places)
    assert "@import" not in sheet
    assert "/*" not in sheet


def test_a_sheet_that_is_imported_is_taken_in_where_the_import_stands(tmp_path):
    sources = own_sheets(
        tmp_path,
        site='/* why */\n@import "one.css";\n@import "two.css";\n',
        one=".one { top: 0; }\n",
        two='.two { content: "two"; }\n',
    )
    storage = collect(sources, tmp_path / "static")
    assert served(storage, "site.css") == '\n.one { top: 0; }\n.two { content: "two"; }\n'


def test_collecting_again_takes_in_what_changed_since(tmp_path):
    sources = own_sheets(tmp_path, site='@import "one.css";\n', one=".old { top: 0; }\n")
    first = collect(sources, tmp_path / "static").stored_name("socialekaart/site.css")
    own_sheets(tmp_path, one=".new { top: 0; }\n")
    storage = collect(sources, tmp_path / "static")
    assert served(storage, "site.css") == ".new { top: 0; }\n"
    assert storage.stored_name("socialekaart/site.css") != first


def test_the_page_of_a_broken_site_finds_its_sheet_without_a_list_of_names(tmp_path):
    """The sheet under its plain name is the joined one too."""
    storage = collect(FOLDER.parent, tmp_path)
    assert "@import" not in storage.open("socialekaart/site.css").read().decode()

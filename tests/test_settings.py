"""workflow.toml and the glossary: all faults at once, each with its line."""

from pathlib import Path

import pytest

from tests.newsrooms import make_newsroom
from workflow.errors import GlossaryError, SettingsError, UsageError
from workflow.model import Severity, TermStatus
from workflow.settings import Budget, parse_settings
from workflow.stores.glossary import parse_glossary, read_glossary
from workflow.stores.project import open_project, wanted_languages

ROOT = Path(__file__).parents[1]


def test_an_empty_file_is_a_newsroom_with_the_defaults():
    settings = parse_settings("")
    assert settings.languages == ("en", "ru", "kk", "ky")
    assert settings.gate is Severity.MAJOR


def test_everything_can_be_said():
    settings = parse_settings(
        """
        [newsroom]
        name = "Office"
        languages = ["ru", "ky"]
        source_language = "ru"
        site_url = "https://news.example.org/"
        [publish]
        output = "public/site"
        gate = "critical"
        jobs = 4
        keep = 2
        [publish.languages]
        ky = { partial = 0.9 }
        [memory]
        threshold = 80
        [engine]
        order = ["libre", "google"]
        pairs = { kk-ky = ["libre"] }
        third_parties = ["google"]
        per_run = { characters = 1000, requests = 5 }
        per_day = { cost = 2.5 }
        [engines.libre]
        endpoint = "http://127.0.0.1:5000/"
        key_variable = "LIBRE_KEY"
        model = "m"
        price = 12.5
        pivot = "kk"
        [import]
        boilerplate = ["Go back"]
        [checks]
        quotes = "off"
        terms = "critical"
        [dates]
        ru = "d MMMM y"
        """
    )
    assert settings.site_url == "https://news.example.org"
    assert settings.partial == {"ky": 0.9}
    assert settings.disabled == {"quotes"}
    assert settings.engines == ("libre", "google")
    assert settings.per_run == Budget(characters=1000, requests=5)
    assert settings.per_day == Budget(cost=2.5)
    assert settings.pairs == {"kk-ky": ("libre",)}
    assert settings.services["libre"].endpoint == "http://127.0.0.1:5000"
    assert settings.severities == {"terms": Severity.CRITICAL}
    assert settings.dates == {"ru": "d MMMM y"}


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("[newsrom]", "did you mean “newsroom”"),
        ("[newsroom]\nlanguages = []", "at least one language"),
        ('[newsroom]\nlanguages = ["en", "../x"]', "“../x” is not a language tag"),
        ('[newsroom]\nlanguages = ["ru"]', "source_language “en” is not among languages"),
        ('[newsroom]\nsite_url = "javascript:x"', "an address such as"),
        ('[engines.libre]\nendpoint = "https://me:word@tm.example.org"', "no user and no password"),
        ("[newsroom]\nname = 3", "a text in quotes"),
        ('[publish]\noutput = "../out"', "a folder inside the project"),
        ('[publish]\noutput = "locales"', "locales/ has other work"),
        ('[publish]\ngate = "severe"', "minor, major or critical"),
        ("[publish]\njobs = true", "a whole number from 1 to 64"),
        ("[publish.languages]\nky = 0.9", "ky = { partial = SHARE } is wanted"),
        ("[publish.languages]\nky = { partial = 0 }", "a number above 0, up to 1"),
        ("[publish.languages]\nky = { partial = true }", "a number above 0, up to 1"),
        ("[publish.languages]\nde = { partial = 0.9 }", "“de” is not among languages"),
        ("[memory]\nthreshold = 10", "from 50 to 100"),
        ('[engine]\norder = ["Google!"]', "names in small letters"),
        ("[engine]\nthird_party = true", "did you mean “third_parties”"),
        ('[engine.pairs]\n"../x" = ["libre"]', "not a pair of languages"),
        ('[engine.pairs]\nkk-ky = "libre"', "a list of texts"),
        ("[engine]\npairs = 3", "a table of pairs"),
        ('[engines.libre]\nkey_variable = "sk-123 456"', "not the key itself"),
        ("[engine]\nper_run = 3", "characters = …"),
        ("[engine]\nper_day = { words = 3 }", "characters = …"),
        ("[engines.libre]\nprice = -1", "a number is wanted"),
        ('[engines.libre]\nendpont = "http://x"', "did you mean “endpoint”"),
        ("[engines]\nlibre = 3", "a table [engines.NAME]"),
        ("[newsroom]\nkeep_typography = 1", "true or false"),
        ('[import]\nboilerplate = "x"', "a list of texts"),
        ('[checks]\nterms = "loud"', "minor, major or critical"),
        ("[dates]\nru = 3", "a date pattern"),
        ("[publish", "not valid TOML"),
    ],
)
def test_a_fault_is_one_line_with_its_place(line: str, what: str):
    with pytest.raises(SettingsError, match=r"^workflow\.toml:") as caught:
        parse_settings(line)
    assert what in str(caught.value)
    assert "\n" not in str(caught.value)


HEX = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
KEYS = {
    "DeepL": "279a2e9d-83b3-c416-7e2d-f721593e42a0:fx",
    "a language model": "sk-proj-a1B2c3D4e5F6g7H8i9J0k1L2",
    "Google": "AIzaSyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q",
    "Azure": f"{'a1B2c3D4e5F6g' * 4}JQQJ99{'b1' * 13}",
    "some service": HEX,
}


@pytest.mark.parametrize("setting", ["key", "key_variable", "model", "pivot", "endpoint", "# was"])
@pytest.mark.parametrize("whose", KEYS)
def test_a_key_in_the_settings_is_refused_by_its_line_and_never_said_again(
    setting: str, whose: str
):
    text = f'[newsroom]\nname = 3\n[engines.deepl]\n{setting} = "{KEYS[whose]}"\n'
    with pytest.raises(SettingsError) as caught:
        parse_settings(text)
    assert str(caught.value).startswith(f"workflow.toml:4: a key of {whose} stands here (have the")
    assert KEYS[whose][:8] not in str(caught.value)


def test_names_and_addresses_are_no_keys():
    settings = parse_settings(
        '[engines.deepl]\nkey_variable = "DEEPL_AUTH_KEY_FOR_NEWSROOM_2"\n'
        'endpoint = "https://api-free.deepl.com"\nmodel = "llama3.1:70b-instruct-q4_K_M"\n'
    )
    assert settings.services["deepl"].key_variable == "DEEPL_AUTH_KEY_FOR_NEWSROOM_2"


def test_every_key_of_the_settings_is_in_the_readme():
    from workflow.settings.reading import FREE, SERVICE, TABLES

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for table, keys in (*TABLES.items(), ("engines.NAME", SERVICE)):
        assert f"[{table}]" in readme
        for key in keys:
            assert key in readme
    for table in FREE:
        assert f"[{table}" in readme


def test_a_newsroom_is_found_from_a_folder_inside_it(tmp_path: Path):
    make_newsroom(tmp_path)
    (tmp_path / "sources/deep").mkdir()
    project = open_project(tmp_path / "sources/deep")
    assert project.root == tmp_path
    assert wanted_languages(project, ("ru", "en")) == ("en", "ru")
    with pytest.raises(UsageError, match="“de”"):
        wanted_languages(project, ("de",))


def test_settings_that_are_not_utf_8_are_told(tmp_path: Path):
    (tmp_path / "workflow.toml").write_bytes(b'[newsroom]\nname = "\xcf"\n')
    with pytest.raises(SettingsError, match="not UTF-8"):
        open_project(tmp_path)


def test_a_language_without_data_is_told(tmp_path: Path):
    with pytest.raises(SettingsError, match="no language data for “uz”"):
        make_newsroom(tmp_path, languages='["en", "uz"]')


GLOSSARY = """
[[concept]]
id = "csto"
definition = "An organisation."
[concept.terms]
en = [{ term = "CSTO", abbreviation = true }, { term = "Tashkent Pact", status = "forbidden" }]
ru = "ОДКБ"
"""


def test_a_glossary_is_read():
    (concept,) = parse_glossary(GLOSSARY, ("en", "ru"))
    assert concept.line == 2
    english = concept.terms_in("en")
    assert [(t.text, t.status, t.abbreviation) for t in english] == [
        ("CSTO", TermStatus.PREFERRED, True),
        ("Tashkent Pact", TermStatus.FORBIDDEN, False),
    ]
    assert concept.terms_in("ru")[0].text == "ОДКБ"
    assert concept.terms_in("kk") == ()


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('id = "csto"', 'id = "CS TO"', "“CS TO” is no id"),
        ("definition", "definitoin", "unknown key “definitoin”"),
        ("abbreviation = true", "abbr = true", "csto.en: unknown key “abbr”"),
        ('"forbidden"', '"banned"', "status “banned”"),
        ('status = "forbidden"', 'match = "fuzzy"', "match is one of"),
        ('term = "CSTO", ', "", "a term has no text"),
        ('"Tashkent Pact"', '"CSTO"', "both used and forbidden"),
        ('"Tashkent Pact"', '"Pact", forms = ["CSTO"]', "“CSTO” is both used and forbidden"),
        ('"ОДКБ"', '"…"', "csto.ru: “…” has no word"),
        ('{ term = "CSTO", abbreviation = true }, ', "", "no preferred term in en"),
        ("[[concept]]", "[[concept]]\nid = 'csto'\n[[concept]]", "the id of line 2 again"),
        ("en = [", "en = [[", "not valid TOML"),
    ],
)
def test_a_fault_of_the_glossary_is_one_line(old: str, new: str, what: str):
    assert old in GLOSSARY
    with pytest.raises(GlossaryError, match=r"^locales/glossary\.toml:") as caught:
        parse_glossary(GLOSSARY.replace(old, new, 1), ("en", "ru"))
    assert what in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_glossary_is_an_empty_one_and_a_broken_file_is_told(tmp_path: Path):
    assert read_glossary(tmp_path, ("en",)) == ()
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales/glossary.toml").write_bytes(b"# \xff\n")
    with pytest.raises(GlossaryError, match="not UTF-8"):
        read_glossary(tmp_path, ("en",))


def test_the_sample_glossary_is_whole():
    concepts = read_glossary(ROOT, ("en", "ru", "kk", "ky"))
    assert len(concepts) >= 60
    for concept in concepts:
        assert concept.definition
        assert all(concept.terms_in(tag) for tag in ("en", "ru", "kk", "ky")), concept.id

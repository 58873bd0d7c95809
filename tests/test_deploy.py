"""deploy: what is online goes where it is served from; in order, only what differs, whole or not."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.newsrooms import RELEASE, make_newsroom, translate, write_release
from tests.test_cli import run
from workflow.errors import StoreError
from workflow.pipeline.deploy import LIST, deploy
from workflow.pipeline.sync import sync
from workflow.stores.object_store import ObjectTarget
from workflow.stores.project import Project, open_project
from workflow.stores.targets import FolderTarget, RsyncTarget, Target

PAGE = "ru/news/2024/council-met/index.html"
needs_rsync = pytest.mark.skipif(shutil.which("rsync") is None, reason="there is no rsync here")
KINDS = ["folder", pytest.param("rsync", marks=needs_rsync), "store"]


def newsroom(root: Path, kind: str = "folder") -> Project:
    """A site of two releases, to be deployed to the folder ``web`` beside it."""
    pytest.importorskip("fsspec")
    home = root / "room"
    web = f"file://{root}/web" if kind == "store" else str(root / "web")
    place = f'\n[deploy.web]\nkind = "{kind}"\nto = "{web}"\n'
    project = make_newsroom(home, settings=f'site_url = "https://e.org"\n{place}')
    for slug in ("council-met", "other"):
        write_release(project, slug, RELEASE.replace("council", slug))
    sync(project)
    for slug in ("council-met", "other"):
        translate(project, slug)
    assert run(home, "publish", "--all").returncode == 0
    return project


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and path.name != LIST
    }


def take_down(project: Project) -> None:
    """Put a release under embargo, and publish."""
    text = RELEASE.replace("section:", "embargo: 2999-01-01T10:00:00Z\nsection:")
    write_release(project, "other", text)
    assert run(project.root, "publish", "--all").returncode == 0


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_online_arrives_and_is_what_was_published(tmp_path: Path, kind: str):
    project = newsroom(tmp_path, kind)
    done = run(project.root, "deploy")
    assert done.returncode == 0, done.stderr
    assert files(tmp_path / "web") == files((project.root / "site/current").resolve())
    assert f"web: {len(files(tmp_path / 'web'))} files sent, 0 there already" in done.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_only_what_differs_is_sent_again(tmp_path: Path, kind: str):
    project = newsroom(tmp_path, kind)
    run(project.root, "deploy")
    before = (tmp_path / "web" / PAGE).stat()
    assert deploy(project).sent == ()
    translate(project, "other", headline="Совет собрался снова")
    run(project.root, "publish", "--all")
    sent = deploy(project).sent
    assert "ru/news/2024/other/index.html" in sent
    assert PAGE not in sent
    assert (tmp_path / "web" / PAGE).stat() == before
    assert files(tmp_path / "web") == files((project.root / "site/current").resolve())


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_deleted_but_with_prune_and_never_what_is_not_ours(tmp_path: Path, kind: str):
    project = newsroom(tmp_path, kind)
    run(project.root, "deploy")
    (tmp_path / "web/.well-known").mkdir()
    (tmp_path / "web/.well-known/security.txt").write_text("x", encoding="utf-8")
    take_down(project)
    done = run(project.root, "deploy")
    assert "4 files of earlier builds are still there: --prune deletes them" in done.stdout
    gone = tmp_path / "web/ru/news/2024/other/index.html"
    assert gone.is_file()
    done = run(project.root, "deploy", "--dry-run", "--prune")
    assert "4 files would be deleted" in done.stdout
    assert gone.is_file()
    assert "4 files deleted" in run(project.root, "deploy", "--prune").stdout
    assert not gone.exists()
    assert (tmp_path / "web/.well-known/security.txt").is_file()
    left = files(tmp_path / "web")
    del left[".well-known/security.txt"]
    assert left == files((project.root / "site/current").resolve())
    assert deploy(project, prune=True).deleted == ()


def test_a_dry_run_sends_nothing_and_says_what_it_would(tmp_path: Path):
    project = newsroom(tmp_path)
    done = run(project.root, "deploy", "--dry-run")
    assert "files would be sent, 0 there already" in done.stdout
    assert not (tmp_path / "web").exists()
    assert not (project.root / ".workflow/deploy-web").exists()


class Breaking:
    """A target that breaks down after some files."""

    def __init__(self, target: Target, after: int) -> None:
        self.target, self.after, self.arrived = target, after, []

    def put(self, folder: Path, paths: tuple[str, ...]) -> Iterator[str]:
        for path in self.target.put(folder, paths):
            if len(self.arrived) == self.after:
                raise StoreError("the line is dead")
            self.arrived.append(path)
            yield path

    def __getattr__(self, name: str) -> object:
        return getattr(self.target, name)


def test_it_goes_on_where_it_stopped_and_lists_never_come_before_their_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    project = newsroom(tmp_path)
    every = deploy(project, dry_run=True).sent
    places = {path: number for number, path in enumerate(every)}
    assert max(places[p] for p in every if "/news/2024/" in p and p.count("/") == 4) < min(
        places[p] for p in ("index.html", "ru/index.html", "ru/news/index.html")
    )
    assert {every[-1], *every[-7:]} == {
        p for p in every if p.endswith((".xml", "feed.json", ".txt"))
    }
    broken = Breaking(FolderTarget(tmp_path / "web"), 5)
    with monkeypatch.context() as patch:
        patch.setattr("workflow.pipeline.deploy._target", lambda *_: broken)
        with pytest.raises(StoreError, match="the line is dead"):
            deploy(project)
    assert tuple(broken.arrived) == every[:5]
    assert not (tmp_path / "web" / LIST).exists()
    assert deploy(project).sent == every[5:]
    assert files(tmp_path / "web") == files((project.root / "site/current").resolve())


def test_the_journal_of_another_place_says_nothing(tmp_path: Path):
    project = newsroom(tmp_path)
    broken = project.root / ".workflow/deploy-web"
    count = len(deploy(project, dry_run=True).sent)
    broken.parent.mkdir(exist_ok=True)
    lines = (project.root / "site/manifests/000001.sha256").read_bytes()
    broken.write_bytes(b"/another/place\n" + lines)
    assert len(deploy(project, dry_run=True).sent) == count
    broken.write_bytes(f"{tmp_path}/web\n".encode() + lines[:100])
    assert len(deploy(project, dry_run=True).sent) == count - 1


def test_a_way_back_is_deployed_as_well(tmp_path: Path):
    project = newsroom(tmp_path)
    translate(project, headline="Неверный заголовок")
    run(project.root, "publish", "--all")
    run(project.root, "deploy")
    run(project.root, "rollback")
    run(project.root, "deploy", "--prune")
    assert "Неверный" not in (tmp_path / "web" / PAGE).read_text(encoding="utf-8")
    assert files(tmp_path / "web") == files((project.root / "site/current").resolve())


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        ("", "no place to deploy to"),
        (
            '[deploy.a]\nto = "x"\n[deploy.b]\nto = "y"\n',
            "which target? (--target; there are a, b)",
        ),
        ('[deploy.a]\nto = "site/current"\n', "is where builds are kept"),
        ('[deploy.a]\nto = "sources"\n', "sources/ is for what the newsroom keeps itself"),
        ('[deploy.a]\nto = "-e sh"\n', "a folder, host:folder or s3://bucket/folder is wanted"),
        ('[deploy.a]\nto = "s3://key:secret@bucket/x"\n', "no password or key here"),
        ('[deploy.a]\nto = "me:secret@host:/x"\nkind = "rsync"\n', "no password or key here"),
        ('[deploy.a]\nkind = "ftp"\nto = "x"\n', "folder or rsync or store is wanted"),
        ('[deploy.a]\nkind = "folder"\n', "a table [deploy.NAME] with to = … is wanted"),
        ('[deploy]\nto = "x"\n', "a table [deploy.NAME] with to = … is wanted"),
        ('[deploy.a]\nkind = "store"\nto = "nope://bucket/x"\n', "cannot be used"),
    ],
)
def test_a_target_that_cannot_be_meant_is_one_line(tmp_path: Path, settings: str, what: str):
    pytest.importorskip("fsspec")
    project = make_newsroom(tmp_path)
    write_release(project)
    sync(project)
    run(tmp_path, "publish", "--lang", "en")
    file = tmp_path / "workflow.toml"
    file.write_text(file.read_text(encoding="utf-8") + settings, encoding="utf-8")
    done = run(tmp_path, "deploy")
    assert done.returncode == 2
    assert what in done.stderr
    assert done.stderr.count("\n") == 1
    assert "secret" not in done.stderr


def test_another_target_is_named_and_changes_no_page(tmp_path: Path):
    project = newsroom(tmp_path)
    file = project.root / "workflow.toml"
    more = f'\n[deploy.second]\nto = "{tmp_path}/second"\n'
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert "nothing to do" in run(project.root, "publish", "--all").stdout
    assert run(project.root, "deploy", "--target", "second").returncode == 0
    assert (tmp_path / "second" / PAGE).is_file()
    assert "no target “third”" in run(project.root, "deploy", "--target", "third").stderr
    assert not deploy(open_project(project.root), "web", dry_run=True).same


def test_a_list_that_leads_out_of_the_target_deletes_nothing_there(tmp_path: Path):
    project = newsroom(tmp_path)
    run(project.root, "deploy")
    outside = tmp_path / "precious.txt"
    outside.write_text("x", encoding="utf-8")
    target = tmp_path / "web" / LIST
    target.write_bytes(target.read_bytes() + f"{'0' * 64}  ../precious.txt\n".encode())
    assert deploy(project, prune=True).deleted == ()
    assert outside.is_file()


def test_a_target_that_refuses_is_one_line(tmp_path: Path):
    project = newsroom(tmp_path)
    (tmp_path / "web").write_text("a file stands here", encoding="utf-8")
    done = run(project.root, "deploy")
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1


@needs_rsync
def test_what_rsync_says_is_told(tmp_path: Path):
    with pytest.raises(StoreError, match="rsync failed: "):
        list(RsyncTarget("/proc/none").put(tmp_path, ["absent"]))


def test_an_object_store_in_memory_holds_the_same(tmp_path: Path):
    pytest.importorskip("fsspec")
    target = ObjectTarget.of("memory://bucket/press", "")
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b.html").write_text("Ұ", encoding="utf-8")
    assert target.read("a/b.html") is None
    assert list(target.put(tmp_path, ["a/b.html"])) == ["a/b.html"]
    assert target.read("a/b.html") == "Ұ".encode()
    target.delete(["a/b.html", "never.html"])
    assert target.read("a/b.html") is None


def test_a_server_of_s3_gets_the_site_with_its_types(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    pytest.importorskip("s3fs", reason="the extra “deploy” is not installed")
    moto = pytest.importorskip("moto.server", reason="there is no moto here")
    import boto3

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    try:
        url = "http://{}:{}".format(*server.get_host_and_port())
        store = boto3.client("s3", endpoint_url=url, region_name="us-east-1")
        store.create_bucket(Bucket="press")
        project = newsroom(tmp_path)
        file = project.root / "workflow.toml"
        more = f'\n[deploy.s3]\nkind = "store"\nto = "s3://press/site"\nendpoint = "{url}"\n'
        file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
        done = run(project.root, "deploy", "--target", "s3")
        assert done.returncode == 0, done.stderr
        found = store.list_objects_v2(Bucket="press")["Contents"]
        names = {one["Key"] for one in found} - {f"site/{LIST}"}
        assert names == {f"site/{path}" for path in files(project.root / "site/releases/000001")}
        assert store.head_object(Bucket="press", Key=f"site/{PAGE}")["ContentType"] == "text/html"
        take_down(project)
        assert "4 files deleted" in run(project.root, "deploy", "--target", "s3", "--prune").stdout
        assert len(store.list_objects_v2(Bucket="press")["Contents"]) == len(names) - 3
        assert not deploy(open_project(project.root), "s3").sent
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "canary")
        file.write_text(
            file.read_text(encoding="utf-8").replace("s3://press", "s3://none"), "utf-8"
        )
        done = run(project.root, "deploy", "--target", "s3")
        assert done.returncode == 2
        assert "the object store refused" in done.stderr
        assert "canary" not in done.stderr
    finally:
        server.stop()

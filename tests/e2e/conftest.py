"""End-to-end tests run the program as its users do. IOPSCHED names it (default: ./iopsched of this
checkout); tests marked `soak` take long and run by scripts/soak.sh alone."""

import os

import pytest


def pytest_configure(config):
    config.addinivalue_line("markers", "soak: takes long; run by scripts/soak.sh")


def pytest_collection_modifyitems(config, items):
    if os.environ.get("IOPSCHED_SOAK"):
        return
    kept = [item for item in items if not item.get_closest_marker("soak")]
    left = [item for item in items if item.get_closest_marker("soak")]
    config.hook.pytest_deselected(items=left)
    items[:] = kept


@pytest.fixture(scope="session")
def odd(tmp_path_factory):
    """The folder of a clinic whose names are odd ones; not to be changed."""
    from pages.odd import odd_clinic
    return odd_clinic(tmp_path_factory.mktemp("odd") / "clinic")


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """made(ARGUMENT, ...) -> (clinic, hidden week): folders of a generated clinic, made once."""
    from tools import generate
    known = {}

    def make(*words):
        if words not in known:
            folder = tmp_path_factory.mktemp("clinic")
            generate(*words, folder / "clinic", "--hidden", folder / "hidden")
            known[words] = folder / "clinic", folder / "hidden"
        return known[words]
    return make

"""The program as it was built: what the compiler and the linker put in against exploits, read from
the binary itself."""

import re
import subprocess

import pytest

from tools import PROGRAM


def told(*words):
    return subprocess.run(words, stdout=subprocess.PIPE, universal_newlines=True, check=True).stdout


@pytest.fixture(scope="module")
def headers():
    return told("readelf", "--wide", "--file-header", "--program-headers", "--dynamic", PROGRAM)


@pytest.fixture(scope="module")
def imports():
    return told("nm", "--dynamic", "--undefined-only", PROGRAM)


def test_position_independent(headers):
    assert re.search(r"Type:\s+DYN", headers)
    assert re.search(r"FLAGS_1\).*\bPIE\b", headers)


def test_relocations_are_read_only_once_bound_at_the_start(headers):
    assert "GNU_RELRO" in headers
    assert re.search(r"\(FLAGS\).*BIND_NOW|FLAGS_1\).*\bNOW\b", headers)
    assert "TEXTREL" not in headers


def test_no_segment_can_be_written_and_run(headers):
    stack = re.search(r"GNU_STACK\s+(?:0x\w+\s+){5}([RWE ]{3})", headers)
    assert stack and "E" not in stack.group(1)
    loads = re.findall(r"LOAD\s+(?:0x\w+\s+){5}([RWE ]{3})", headers)
    assert loads and not [flags for flags in loads if "W" in flags and "E" in flags]


def test_no_path_of_its_own_to_libraries(headers):
    assert "RPATH" not in headers and "RUNPATH" not in headers


def test_the_stack_is_guarded(imports):
    assert "__stack_chk_fail" in imports


def test_calls_of_the_c_library_are_checked(imports):
    """_FORTIFY_SOURCE: sizes known to the compiler are checked as the program runs."""
    assert {"__memcpy_chk", "__vsnprintf_chk"} <= set(re.findall(r"__\w+_chk", imports))


def test_functions_begin_where_jumps_may_land():
    """-fcf-protection: every function that can be called through a pointer begins with a mark."""
    if "X86-64" not in told("readelf", "--file-header", PROGRAM):
        pytest.skip("-fcf-protection is of x86 alone")
    code = told("objdump", "--disassemble", "--no-show-raw-insn", PROGRAM)
    begun = re.search(r"<main>:\n\s+\w+:\s+(\w+)", code)
    assert begun and begun.group(1) == "endbr64"
    assert code.count("endbr64") > 300


def test_large_stack_frames_are_probed_page_by_page():
    """-fstack-clash-protection: no frame of many pages can step over the guard page."""
    if "X86-64" not in told("readelf", "--file-header", PROGRAM):
        pytest.skip("read for x86 alone")
    code = told("objdump", "--disassemble", "--no-show-raw-insn", PROGRAM)
    assert re.search(r"sub\s+\$0x1000,%rsp\n\s+\w+:\s+orq?\s+\$0x0,", code)
    steps = [int(step, 16) for step in re.findall(r"sub\s+\$0x(\w{1,8}),%rsp", code)]
    assert steps and max(steps) <= 0x2000

import subprocess
import sys

from services.workflow.domain.spelling import initials, spelled


def test_a_name_is_spelled_by_syllables_without_tones() -> None:
    assert spelled("听泉社区") == "ting quan she qu"


def test_a_code_begins_with_the_first_letters() -> None:
    assert initials("文明社区2026") == "wmsq2026"


def test_the_dictionary_waits_for_the_first_name() -> None:
    loads = "import sys; import services.workflow.domain.spelling; print('pypinyin' in sys.modules)"

    told = subprocess.run([sys.executable, "-c", loads], check=True, capture_output=True, text=True)

    assert told.stdout == "False\n"

from services.workflow.queries.stored import path_of


def test_a_file_lies_under_the_first_two_letters_of_its_digest(settings, tmp_path):
    settings.FILES_DIR = tmp_path

    assert path_of("ab12") == tmp_path / "ab" / "ab12"

"""A part of an own file as a string: its elements, its traces and its runs are found whatever stands beside them."""

import pytest

from app.docxio.own_characters import Walker
from app.docxio.own_text import elements
from app.docxio.own_traces import untraced


def found(written, name, *between):
    return [written[a:b] for a, b in elements(written, name, *between)]


def test_the_outermost_elements_of_a_name_are_found():
    written = "<w:pPr/><w:p>a<w:p/><w:p>b</w:p></w:p>c<w:p/><w:p >d</w:p >"

    assert found(written, "w:p") == ["<w:p>a<w:p/><w:p>b</w:p></w:p>", "<w:p/>", "<w:p >d</w:p >"]


def test_an_element_whose_name_begins_alike_is_not_taken_for_another():
    written = "<w:sectPrChange><w:sectPr>a</w:sectPr></w:sectPrChange><w:sectPrChange/>"

    assert found(written, "w:sectPr") == ["<w:sectPr>a</w:sectPr>"]


def test_elements_are_looked_for_between_two_places_alone():
    written = "<w:p>a</w:p><w:p>b</w:p><w:p>c</w:p>"

    assert found(written, "w:p", 12, 24) == ["<w:p>b</w:p>"]
    assert found(written, "w:p", 12, 20) == []


def test_a_reference_to_what_stays_behind_goes_with_the_space_before_it():
    written = '<w:a r:id="rId1" xr:id="x"/><w:b\n r:embed="rId2"\tr:link="rId3"/><w:t>r:id="rId3"</w:t>'

    assert untraced(written, {"rId1": "image"}) == '<w:a r:id="rId1" xr:id="x"/><w:b\n/><w:t>r:id="rId3"</w:t>'


@pytest.mark.parametrize("end", ["</w:rPr>", "</w:rPr >"])
def test_the_properties_of_a_run_end_where_the_old_ones_in_them_do_not(end):
    properties = f"<w:rPr><w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>{end}"
    written = f'<w:p><w:r>{properties}<w:t xml:space="preserve">w:t or words</w:t></w:r></w:p>'

    walked = Walker(written).walk(0, len(written))

    assert [run.properties for run in walked.runs] == [properties]
    assert walked.text == "w:t or words"

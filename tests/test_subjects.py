"""What sentences leave unsaid: head, cover, signature, headings, the sentence before, what is named most."""

from __future__ import annotations

from gold import parse_marked
from kg.extract.alphabet import SOURCES
from kg.extract.subjects import find_frames


def unsaid(marked: str, sentence: int) -> dict[str, set[str]]:
    """The frame of one sentence: source and type to names."""
    frame = find_frames(*parse_marked(marked))[sentence]
    sources = {symbol: next(source for source in SOURCES if symbol.kind.startswith(source)) for symbol in frame}
    return {sources[s] + s.mentions[0].type: {mention.entity for mention in s.mentions} for s in frame}


NOTICE = (
    "[安平县农业农村局|Organisation]\n[关于印发《[节水办法|PolicyDocument]》的通知|PolicyDocument|关于印发《节水办法》的通知]\n"
    "各村要照办。\n[县水务局|Organisation]\n2024年3月4日"
)
REPORT = "春耕总结\n一、[包联制度|Mechanism]\n推进顺利。（一）[义诊|Mechanism]。[老人|Group]叫好。天气不错。"


def test_a_notice_that_wraps_a_document_is_its_cover() -> None:
    frame = unsaid(NOTICE, 2)
    assert frame["TitlePolicyDocument"] == {"节水办法"}
    assert frame["CoverPolicyDocument"] == {"关于印发《节水办法》的通知"}


def test_bodies_come_from_the_head_and_from_the_signature() -> None:
    frame = unsaid(NOTICE, 2)
    assert frame["TitleOrganisation"] == {"安平县农业农村局"}
    assert frame["SignatureOrganisation"] == {"县水务局"}


def test_a_body_inside_a_title_has_not_issued_it() -> None:
    assert "TitleOrganisation" not in unsaid("[[县委|Organisation]工作规则|PolicyDocument]\n现公布如下。", 1)


def test_the_heading_over_a_sentence_is_offered() -> None:
    assert unsaid(REPORT, 2)["HeadingMechanism"] == {"包联制度"}


def test_a_heading_does_not_stand_over_itself() -> None:
    assert "HeadingMechanism" not in unsaid(REPORT, 1)


def test_the_sentence_before_is_carried_over() -> None:
    assert unsaid(REPORT, 5)["CarriedGroup"] == {"老人"}


def test_a_name_counts_wherever_a_longer_one_begins_with_it() -> None:
    frame = unsaid("[县委|Organisation]开会。[县委组织部|Organisation]开会。[县政府|Organisation]开会。", 0)
    assert frame["MainOrganisation"] == {"县委"}


def test_the_main_area_names_most_bodies() -> None:
    assert unsaid("[甲县|Place]与[乙县|Place]。[乙县教育局|Organisation]开会。", 0)["TitlePlace"] == {"乙县"}


def test_a_line_of_duties_is_no_signature() -> None:
    text = "[关于节水的通知|PolicyDocument]\n各村要照办。\n责任单位：[县水务局|Organisation]\n完成时限：2024年6月底前"
    assert "SignatureOrganisation" not in unsaid(text, 1)


def test_no_class_of_bodies_and_none_in_a_title_is_named_most() -> None:
    cited = "[[省政府|Organisation]关于节水的意见|PolicyDocument]印发，[[省政府|Organisation]办法|PolicyDocument]修订。"
    assert "MainOrganisation" not in unsaid(cited, 0)


def test_a_paper_at_the_head_issues_no_document() -> None:
    assert "TitleOrganisation" not in unsaid("[三峡晚报|Organisation]\n[节水办法|PolicyDocument]\n各村要照办。", 2)

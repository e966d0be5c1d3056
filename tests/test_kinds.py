"""Names tell kinds: each rule of the tables on names of many fields, and the coverage on the gold articles."""

from __future__ import annotations

import pytest

from kg import kinds
from kg.model import Entity, EntityType
from kg.namespaces import KG, SKOS, VOCABULARY
from readings import reading


def last(iri: str | None) -> str | None:
    return iri.rpartition("/")[2] if iri else None


def gold_names(type: EntityType) -> list[str]:
    facts = [fact for name in ("dingyuan", "neimenggu") for fact in reading(name).facts]
    return sorted({fact.name for fact in facts if isinstance(fact, Entity) and fact.type is type})


@pytest.mark.parametrize(
    ("mechanism", "instrument"),
    [
        ("结对帮扶", "paired-assistance"),
        ("四个一包联机制", "area-assignment"),
        ("清单考核制", "assessment-accountability"),
        ("就业见习补贴", "pay"),
        ("创业担保贷款", "credit"),
        ("创业担保贷款贴息", "credit"),
        ("城乡居民基本养老保险", "insurance"),
        ("农村公路养护工程", "infrastructure"),
        ("长期护理保险试点", "pilot-demo"),
        ("研发费用加计扣除", "tax"),
        ("公租房实物配租", "housing"),
        ("家庭医生签约服务", "health-services"),
        ("惠企政策免申即享", "digital-services"),
        ("安全生产专项整治三年行动", "supervision"),
        ("乡镇联席会议制度", "coordination"),
        ("农村集体产权制度改革", "structural-reform"),
        ("课后托管", "care-services"),
        ("“双随机”检查", "supervision"),
    ],
)
def test_the_word_that_ends_last_tells_the_instrument(mechanism: str, instrument: str) -> None:
    assert [last(found) for found in kinds.instruments(mechanism)] == [instrument]


def test_a_weak_word_decides_only_where_no_other_stands() -> None:
    assert last(kinds.instruments("春雨行动")[0]) == "planning"
    assert last(kinds.instruments("党员培训行动")[0]) == "training"
    assert kinds.instruments("板凳夜话") == ()


@pytest.mark.parametrize(
    ("mechanism", "form"),
    [
        ("四个一包联机制", "institution"),
        ("飞地经济模式", "model"),
        ("百企帮百村行动", "campaign"),
        ("管网延伸工程", "project"),
        ("结对帮扶", "measure"),
    ],
)
def test_the_head_noun_tells_the_form(mechanism: str, form: str) -> None:
    assert last(kinds.form(mechanism)) == form


@pytest.mark.parametrize(
    ("document", "genre"),
    [
        ("定远县村干部参加城镇职工基本养老保险实施办法（试行）", "measures"),
        ("关于做好2025届高校毕业生就业创业工作的通知", "notice"),
        ("大姚县产业到户帮扶奖补办法（2024年修订）", "measures"),
        ("中国共产党农村基层党组织工作条例", "regulations"),
        ("连城县优化生育支持二十一条", "steps"),
        ("平果市居家社区养老三年提升计划（2024—2026年）", "programme"),
        ("基层党建工作责任制清单", "responsibilities"),
        ("中华人民共和国乡村振兴促进法", "law"),
        ("整改通知书", "notice"),
        ("某某文本", None),
    ],
)
def test_the_end_of_the_title_tells_the_genre(document: str, genre: str | None) -> None:
    assert last(kinds.genre(document)) == genre


@pytest.mark.parametrize(
    ("body", "type", "level", "generic"),
    [
        ("定远县委", "party-committee", "county-proper", False),
        ("定远县委组织部", "party-department", "county-proper", False),
        ("垫江县卫生健康委", "government-department", "county-proper", False),
        ("荆门市财政局", "government-department", "prefecture-city", False),
        ("平果市民政局", "government-department", "county-city", False),
        ("自治区民政厅", "government-department", "provincial", False),
        ("雪山社区党委", "party-grassroots", "community", False),
        ("国务院", "government", "central", False),
        ("恒苗木业有限公司", "enterprise", None, False),
        ("内蒙古日报社", "media", None, False),
        ("乡镇党委", "party-committee", "township", True),
        ("县直有关单位", "government-department", "county", True),
        ("财政部门", "government-department", None, True),
        ("村（社区）", "autonomous", "village", True),
        ("合作社", "cooperative", None, True),
    ],
)
def test_a_body_has_type_and_level_and_may_be_a_class(body: str, type: str, level: str | None, generic: bool) -> None:
    assert (last(kinds.body_type(body)), last(kinds.body_level(body)), kinds.is_generic(body)) == (type, level, generic)


@pytest.mark.parametrize(
    ("place", "level", "area"),
    [
        ("湖南省", "province", True),
        ("浙江", "province", True),
        ("重庆市", "municipality", True),
        ("内蒙古自治区", "autonomous-region", True),
        ("荆门市", "prefecture-city", True),
        ("平果市", "county-city", True),
        ("鄂伦春自治旗", "autonomous-banner", True),
        ("姜堰区", "district", True),
        ("大桥镇", "town", False),
        ("十八岗村", "administrative-village", False),
        ("东澜高新区", None, False),
        ("炉前里小区", None, False),
        ("碾子沟", None, False),
    ],
)
def test_a_place_has_a_level(place: str, level: str | None, area: bool) -> None:
    assert (last(kinds.place_level(place)), kinds.is_area(place)) == (level, area)


def test_divisions_are_known_by_name_and_code() -> None:
    assert kinds.full_name("浙江") == "浙江省"
    assert kinds.full_name("大桥镇") == "大桥镇"
    assert kinds.division_code("内蒙古自治区") == "150000"
    assert kinds.division_code("大桥镇") is None
    assert kinds.is_shared("朝阳区")
    assert not kinds.is_shared("定远县")
    assert kinds.head_area("湖南省青年留湘就业若干规定") == "湖南省"
    assert kinds.head_area("培训计划") is None
    assert kinds.province("芜湖市镜湖区") == kinds.province("安徽") == "安徽省"
    assert kinds.province("大桥镇") is None


def test_some_names_are_national() -> None:
    assert kinds.is_national("中国共产党农村基层党组织工作条例")
    assert not kinds.is_national("定远县委")


@pytest.mark.parametrize(
    ("group", "wider"),
    [
        ("在职村干部", "村干部"),
        ("嘎查村党组织书记", "村党组织书记"),
        ("厅级领导干部", "领导干部"),
        ("返乡农民工", "农民工"),
        ("规模以上工业企业", "规上工业企业"),
        ("生物医药企业", "企业"),
        ("家庭经济困难学生", "困难学生"),
        ("村干部", None),
        ("非公企业", "民营企业"),
        ("非贫困户", None),
        ("离任村干部", None),
        ("无人机飞手", None),
    ],
)
def test_a_group_hangs_below_the_longest_label_that_ends_it(group: str, wider: str | None) -> None:
    assert [last(found) for found in kinds.wider_groups(group)] == ([wider] if wider else [])


def test_groups_of_another_base_hang_below_groups_of_that_base() -> None:
    assert kinds.wider_groups("在职村干部", base="urn:x/") == ("urn:x/group/村干部",)


def test_kinds_come_with_their_property() -> None:
    assert list(kinds.kinds_of(EntityType.PERSON, "王萌萌")) == []
    assert list(kinds.kinds_of(EntityType.DOCUMENT, "培训计划")) == [(KG.genre, f"{VOCABULARY}genre/programme")]
    assert [property for property, _ in kinds.kinds_of(EntityType.GROUP, "在职村干部")] == [SKOS.broader]
    assert {property for property, _ in kinds.kinds_of(EntityType.ORGANISATION, "定远县委")} == {
        KG.orgType,
        KG.adminLevel,
    }


def test_nearly_every_mechanism_and_document_of_the_gold_has_a_kind() -> None:
    mechanisms, documents = gold_names(EntityType.MECHANISM), gold_names(EntityType.DOCUMENT)
    assert sum(bool(kinds.instruments(name)) for name in mechanisms) >= 0.95 * len(mechanisms)
    assert sum(bool(kinds.genre(name)) for name in documents) >= 0.95 * len(documents)

"""How the template of a washing machine that does not drain is built, by any hand."""

from mendloop.testing.designer_hand import REQUIRED, VISIBLE, Hand
from mendloop.testing.designer_page import at, named

INSPECTOR = ("质检员", "Inspector")
ENGINEER = ("维修工程师", "Engineer")
CHAIN = (
    ("isolate", ("断电断水", "Unplug and shut the tap"), 8, None),
    ("clean_filter", ("清洗排水过滤器", "Clean the filter"), 15, None),
    ("pump_check", ("检测排水泵", "Measure the pump"), 15, None),
    ("replace_pump", ("更换排水泵", "Renew the pump"), 30, None),
    ("restore", ("复装", "Close up"), 10, None),
    ("drain_test", ("排水试验", "Drain test"), 25, INSPECTOR),
    ("handover", ("交付签字", "Sign off"), 7, None),
)
"""Each comes behind the one before; the first behind `arrive`."""


def build(hand: Hand) -> None:
    """From the blank template to the whole of it."""
    describe(hand)
    hand.desk.look("01_described")
    begin(hand)
    follow(hand)
    hand.desk.look("03_chain")
    for fill in (arrive, isolate, clean_filter, pump_check, replace_pump, restore, drain_test, handover):
        fill(hand)
        hand.desk.look(f"04_{fill.__name__}")
    branch(hand)
    hand.desk.look("05_branch")
    rework(hand)
    hand.desk.look("06_rework")


def describe(hand: Hand) -> None:
    """What it is for, in which languages, and who works in it."""
    other = "en" if hand.desk.language == "zh-CN" else "zh-CN"
    hand.press(named(f"written-{other}"))
    hand.words("/title", ("洗衣机不排水", "Washing machine does not drain"))
    hand.press(named("add-applies_to"))
    hand.press(named("panel-add"))
    hand.take(at("/applies_to/0/product"), "washing-machine/*")
    hand.press(named("add-faults"))
    hand.take(at("/applies_to/0/faults"), "WM-D*")
    hand.words("/roles/engineer/title", ENGINEER)
    hand.take(named("panel-add-role"), "Inspector")
    hand.words("/roles/inspector/title", INSPECTOR)
    hand.press("[data-testid=panel-more] > summary")
    hand.fill(at("/key"), "washing_machine.drain")


def begin(hand: Hand) -> None:
    """The first step and the end are there already."""
    hand.node("step_1")
    hand.settings("step_1", "arrive", ("到场核对", "Arrive and look"), 8)
    hand.node("done")
    hand.settings("done", "repaired", ("已修好", "Repaired"))


def follow(hand: Hand) -> None:
    """Step after step."""
    before = "arrive"
    for name, title, minutes, role in CHAIN:
        hand.add_on(before, 0, "step")
        hand.title_new(title)
        hand.settings("step", name, title, minutes, role)
        before = name


def open_fields(hand: Hand, node: str) -> None:
    """Of a step."""
    hand.node(node)
    hand.tab("fields")
    if hand.desk.find("fields-both").get_attribute("aria-pressed") != "true":
        hand.press(named("fields-both"))


def new_field(hand: Hand, node: str, index: int, kind: str, name: str, label: tuple[str, str]) -> str:
    """A field with its label and its name; it stays open. The answer is its pointer."""
    pointer = f"/nodes/{node}/fields/{index}"
    hand.add_field(kind)
    hand.label(kind, label)
    hand.name_field(kind, pointer, name)
    return pointer


def arrive(hand: Hand) -> None:
    """The choice first, then the photos, which are put before it."""
    open_fields(hand, "arrive")
    hand.press(named("begin-photo"))
    hand.label("photo", ("维修前照片", "Before the repair"))
    hand.name_field("photo", "/nodes/arrive/fields/0", "before")
    hand.press(at("/nodes/arrive/fields/0/camera_only"))
    pointer = new_field(hand, "arrive", 1, "choice", "sound", ("排水泵声音", "Sound of the pump"))
    options(hand, pointer, {"hums": ("嗡嗡响", "Hums"), "silent": ("无声", "Silent")})


def options(hand: Hand, pointer: str, words: dict[str, tuple[str, str]]) -> None:
    """In place of the two that a choice begins with; and it must be answered."""
    hand.lines(f"{pointer}/options", words, instead_of=2)
    hand.always(REQUIRED)


def isolate(hand: Hand) -> None:
    """The gate is added first and put last, by moving what belongs before it."""
    open_fields(hand, "isolate")
    hand.press(named("add-field-0"))
    hand.field_type("safety_gate")
    hand.label("safety_gate", ("隔离点", "Isolation points"))
    hand.name_field("safety_gate", "/nodes/isolate/fields/0", "power_water")
    hand.lines(
        "/nodes/isolate/fields/0/points", {"plug": ("电源插头", "Plug"), "tap": ("进水龙头", "Tap")}, instead_of=1
    )
    pointer = new_field(hand, "isolate", 1, "instruction", "how", ("隔离", "Isolate"))
    hand.words(
        f"{pointer}/text", ("拔下插头并上锁，关进水龙头并挂牌。", "Pull the plug and lock it, shut the tap and tag it.")
    )
    hand.lines(f"{pointer}/safety", {})
    hand.write("[data-open=true] [data-testid=panel-add-line]", "Water and mains in one box.")
    hand.key("Enter")
    hand.words(f"{pointer}/safety/0/text", ("机内有水又有电。", "Water and mains in one box."))
    hand.segment("[data-open=true] .fields-note .panels-segments label:last-of-type input")
    hand.field_to_top("how")


def clean_filter(hand: Hand) -> None:
    """What is not ok demands a photo."""
    open_fields(hand, "clean_filter")
    hand.press(named("add-field-0"))
    hand.field_type("checklist")
    pointer = "/nodes/clean_filter/fields/0"
    hand.label("checklist", ("检查", "Check"))
    hand.name_field("checklist", pointer, "found")
    hand.lines(
        f"{pointer}/items",
        {"filter_clean": ("过滤器无堵塞", "Filter clean"), "chamber_free": ("泵腔无异物", "Chamber free")},
        instead_of=1,
    )
    hand.row_to_top(1)
    for row in (0, 1):
        hand.press(demand(pointer, row, 1))
    hand.press(demand(pointer, 1, 2))


def demand(pointer: str, row: int, place: int) -> str:
    """What an item wants when it is not ok: a photo, a note, a reading."""
    return f"{at(f'{pointer}/items/{row}/not_ok')} > button:nth-of-type({place})"


def pump_check(hand: Hand) -> None:
    """A reading with norm and tolerance, and a choice."""
    open_fields(hand, "pump_check")
    hand.press(named("add-field-0"))
    hand.field_type("reading")
    pointer = "/nodes/pump_check/fields/0"
    hand.label("reading", ("泵绕组电阻", "Winding resistance"))
    hand.name_field("reading", pointer, "winding")
    hand.choose(at(f"{pointer}/unit"), "Ω", "Ω")
    hand.fill(at(f"{pointer}/norm"), "160")
    hand.fill(at(f"{pointer}/tolerance/0"), "120")
    hand.fill(at(f"{pointer}/tolerance/1"), "220")
    second = new_field(hand, "pump_check", 1, "choice", "mechanics", ("机械状态", "Mechanics"))
    options(hand, second, {"free": ("叶轮正常", "Free"), "worn": ("磨损或卡滞", "Worn")})


def replace_pump(hand: Hand) -> None:
    """The part is found in stock."""
    open_fields(hand, "replace_pump")
    hand.press(named("add-field-0"))
    hand.field_type("parts")
    pointer = "/nodes/replace_pump/fields/0"
    hand.label("parts", ("更换的备件", "Parts replaced"))
    hand.name_field("parts", pointer, "used")
    hand.choose("[data-testid=part-search] input", "pmp", "PMP-WM30")
    hand.press(at(f"{pointer}/lines/0/required"))


def restore(hand: Hand) -> None:
    """Checked, then the locks come off."""
    open_fields(hand, "restore")
    hand.press(named("begin-checklist"))
    pointer = "/nodes/restore/fields/0"
    hand.label("checklist", ("恢复前确认", "Before restoring"))
    hand.name_field("checklist", pointer, "closed")
    hand.lines(
        f"{pointer}/items",
        {"covers_on": ("盖板装好", "Covers on"), "dry_inside": ("机内擦干", "Dry inside")},
        instead_of=2,
    )
    second = new_field(hand, "restore", 1, "safety_gate", "unlocked", ("拆锁摘牌", "Take off lock and tag"))
    hand.segment("[data-open=true] .fields-body > .panels-segments label:last-of-type input")
    hand.choose(at(f"{second}/removes"), "power_water", hand.said(("断电断水", "Unplug")))


def drain_test(hand: Hand) -> None:
    """A quality gate by another person, who may send it back with a reason."""
    open_fields(hand, "drain_test")
    hand.press(named("add-field-0"))
    hand.field_type("choice")
    pointer = "/nodes/drain_test/fields/0"
    hand.label("choice", ("结论", "Verdict"))
    hand.name_field("choice", pointer, "verdict")
    options(hand, pointer, {"drains": ("排水正常", "Drains"), "still_not": ("仍排不出", "Still not")})
    why = new_field(hand, "drain_test", 1, "long_text", "why", ("现象", "What happens"))
    for rule, key in ((REQUIRED, "required"), (VISIBLE, "visible")):
        hand.when(rule)
        hand.compare(f"{why}/{key}", 0, "verdict", "==", "still_not")
    hand.tab("settings")
    hand.press("[data-testid=panel-node-drain_test] [data-testid=panel-more] > summary")
    hand.choose(at("/nodes/drain_test/not_same_person_as"), "replace_pump", hand.said(("更换排水泵", "Renew the pump")))
    hand.press(at("/nodes/drain_test/energises"))


def handover(hand: Hand) -> None:
    """After beside before, and the customer signs."""
    open_fields(hand, "handover")
    hand.press(named("add-field-0"))
    hand.field_type("photo")
    pointer = "/nodes/handover/fields/0"
    hand.label("photo", ("维修后照片", "After the repair"))
    hand.name_field("photo", pointer, "after")
    hand.lines(f"{pointer}/shots", {"front": ("正面", "Front")}, instead_of=1)
    hand.choose(at(f"{pointer}/shots/0/pair"), "arrive.before.front", hand.said(("正面", "Front")))
    second = new_field(hand, "handover", 1, "signature", "customer", ("客户签字", "Customer's signature"))
    hand.segment("[data-open=true] .fields-body > .panels-control .panels-segments label:last-of-type input")
    hand.words(f"{second}/meaning", ("确认排水恢复正常", "The machine drains again"))


def branch(hand: Hand) -> None:
    """Only a defective pump is renewed."""
    hand.connect("pump_check", "restore")
    hand.node("pump_check")
    hand.tab("settings")
    hand.route_to_top(1)
    hand.route("pump_check", 0)
    pointer = "/nodes/pump_check/next/0"
    hand.press(named("add-when"))
    hand.compare(f"{pointer}/when", 0, "winding.in_tolerance", "is_false")
    hand.compare(f"{pointer}/when", 1, "mechanics", "==", "worn")
    hand.segment(f"{named(f'condition-{pointer}/when')} .group-match label:last-of-type input")
    name_route(hand, pointer, ("泵故障", "pump defective"))


def name_route(hand: Hand, pointer: str, words: tuple[str, str]) -> None:
    """What stands on the way."""
    hand.press(named("add-label"))
    hand.words(f"{pointer}/label", words)


def rework(hand: Hand) -> None:
    """Back to the isolation, twice at most; then it is given up."""
    hand.add_end()
    end = hand.title_end(("未修好", "Not repaired"))
    hand.words(f"/nodes/{end}/title", ("未修好", "Not repaired"))
    hand.choose(at(f"/nodes/{end}/outcome"), "not_repaired", hand.said(("未修复", "Not repaired")))
    hand.name_node(end, "not_repaired")
    hand.connect("drain_test", "isolate")
    pointer = "/nodes/drain_test/next/0"
    hand.press(named("add-when"))
    hand.compare(f"{pointer}/when", 0, "verdict", "==", "still_not")
    name_route(hand, pointer, ("断电再修", "isolate again"))
    hand.choose(at(f"{pointer}/reason_field"), "why", hand.said(("现象", "What happens")))
    hand.fill(at(f"{pointer}/limit"), "2")
    hand.choose(at(f"{pointer}/exit"), "not_repaired", hand.said(("未修好", "Not repaired")))

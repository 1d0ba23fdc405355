"""One form in the languages of all subjects: every second field depends on the number before it."""

from __future__ import annotations

from typing import Any

from mendloop_engine.template import Template, compile_plan, parse_template

Json = dict[str, Any]
LIMIT = 50
MOST_IN_A_STEP = 100
ABOVE = 60
BELOW = 5
PROBES = (0, 4, 8)
"""Numbers below the limit: with a 9 typed before or after the 5, the field after each is to be shown."""


def answers(count: int) -> Json:
    """Every number above the limit, so that all dependents are there, but the probes."""
    return {f"f{number}": BELOW if number in PROBES else ABOVE for number in range(0, count, 2)}


def is_shown_by(number: int) -> bool:
    """Odd fields are shown by the number before them, or else demanded by it."""
    return number % 4 == 1


def plan(count: int, a_step: int) -> Json:
    """Our form: `count` fields in steps of `a_step`, as the server sends it to the phone."""
    template = parse_template(_template(count, a_step))
    if not isinstance(template, Template):
        raise TypeError(template)
    return compile_plan(template).to_json()


def plan_of_one_step(count: int) -> Json:
    """All fields in one step. Templates may not have that many in one, so steps are put together after compiling."""
    whole = plan(count, MOST_IN_A_STEP)
    steps = [node for node in whole["nodes"].values() if node["kind"] == "step"]
    fields = [field for step in steps for field in step["fields"]]
    first = steps[0] | {"fields": fields, "evaluation_order": [field["id"] for field in fields]}
    first["next"] = steps[-1]["next"]
    return whole | {"nodes": {first["id"]: first, "done": whole["nodes"]["done"]}}


def _template(count: int, a_step: int) -> Json:
    steps = -(-count // a_step)
    nodes: Json = {
        f"step_{step}": _step(step, range(step * a_step, min(count, (step + 1) * a_step)), steps)
        for step in range(steps)
    }
    nodes["done"] = {"kind": "end", "outcome": "repaired"}
    return {
        "format": 1,
        "key": f"bench.form_{count}_{a_step}",
        "title": _words(f"{count} fields"),
        "applies_to": [{"product": "bench/*"}],
        "roles": {"engineer": {"title": _words("Engineer")}},
        "start": "step_0",
        "nodes": nodes,
    }


def _step(step: int, fields: range, steps: int) -> Json:
    return {
        "kind": "step",
        "role": "engineer",
        "title": _words(f"Step {step + 1}"),
        "fields": [_field(number) for number in fields],
        "next": [{"to": f"step_{step + 1}" if step + 1 < steps else "done"}],
    }


def _field(number: int) -> Json:
    label = _words(f"Field {number}")
    if number % 2 == 0:
        return {"id": f"f{number}", "type": "number", "label": label}
    condition = f"f{number - 1} > {LIMIT}.0"
    return {
        "id": f"f{number}",
        "type": "text",
        "label": label,
        "visible" if is_shown_by(number) else "required": condition,
    }


def _words(text: str) -> Json:
    return {"zh-CN": text, "en": text}


def rjsf(count: int) -> Json:
    """A JSON Schema with an if/then for every dependent, as its manual tells."""
    names = [f"f{number}" for number in range(count)]
    always = {f"f{n}": _schema(n) for n in range(count) if n % 2 == 0 or not is_shown_by(n)}
    schema = {"type": "object", "properties": always, "allOf": [_then(n) for n in range(1, count, 2)]}
    return {"schema": schema, "uiSchema": {"ui:order": names}}


def _then(number: int) -> Json:
    name, before = f"f{number}", f"f{number - 1}"
    shown = {"properties": {name: _schema(number)}} if is_shown_by(number) else {"required": [name]}
    return {"if": {"properties": {before: {"exclusiveMinimum": LIMIT}}, "required": [before]}, "then": shown}


def _schema(number: int) -> Json:
    return {"type": "string" if number % 2 else "number", "title": f"Field {number}"}


def jsonforms(count: int) -> Json:
    """A rule for what is shown, the schema's if/then for what is demanded."""
    demanded = [_then(n) for n in range(1, count, 2) if not is_shown_by(n)]
    schema = {"type": "object", "properties": {f"f{n}": _schema(n) for n in range(count)}, "allOf": demanded}
    return {"schema": schema, "uischema": {"type": "VerticalLayout", "elements": [_control(n) for n in range(count)]}}


def _control(number: int) -> Json:
    control: Json = {"type": "Control", "scope": f"#/properties/f{number}"}
    if number % 2 and is_shown_by(number):
        condition = {"scope": f"#/properties/f{number - 1}", "schema": {"exclusiveMinimum": LIMIT}}
        control["rule"] = {"effect": "SHOW", "condition": condition}
    return control


def formjs(count: int) -> Json:
    """FEEL for what is shown; it has no condition for what is demanded, so there those fields depend on nothing."""
    return {"type": "default", "schemaVersion": 18, "components": [_component(number) for number in range(count)]}


def _component(number: int) -> Json:
    name = f"f{number}"
    component: Json = {
        "id": name,
        "key": name,
        "type": "textfield" if number % 2 else "number",
        "label": f"Field {number}",
    }
    if number % 2 and is_shown_by(number):
        component["conditional"] = {"hide": f"=f{number - 1} <= {LIMIT}"}
    return component


def surveyjs(count: int) -> Json:
    """All on one page, following every key and not only the leaving of a field."""
    return {"textUpdateMode": "onTyping", "pages": [{"name": "p", "elements": [_question(n) for n in range(count)]}]}


def _question(number: int) -> Json:
    question: Json = {"type": "text", "name": f"f{number}", "title": f"Field {number}"}
    if number % 2 == 0:
        return {**question, "inputType": "number"}
    return {**question, "visibleIf" if is_shown_by(number) else "requiredIf": f"{{f{number - 1}}} > {LIMIT}"}

"""The peer: SpiffWorkflow loads, completes and saves one step of a straight process of n user tasks."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import pairwise

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def process_with_steps(count: int) -> str:
    """A BPMN document: start, `count` user tasks one after another, end."""
    ids = ["start", *(f"step_{n}" for n in range(count)), "end"]
    tasks = "".join(f'<userTask id="{name}" name="{name}"/>' for name in ids[1:-1])
    flows = "".join(
        f'<sequenceFlow id="flow_{n}" sourceRef="{a}" targetRef="{b}"/>' for n, (a, b) in enumerate(pairwise(ids))
    )
    return (
        f'<definitions xmlns="{MODEL}" targetNamespace="bench"><process id="repair" isExecutable="true">'
        f'<startEvent id="start"/>{tasks}<endEvent id="end"/>{flows}</process></definitions>'
    )


def load_complete_save(count: int, done: int) -> Callable[[], None]:
    """An action that loads the saved workflow with `done` steps behind it, completes the next one and saves it."""
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.parse(io.BytesIO(process_with_steps(count).encode())), filename="bench.bpmn")
    workflow = BpmnWorkflow(parser.get_spec("repair"))
    for _ in range(done):
        _complete_next(workflow)
    serializer = BpmnWorkflowSerializer()
    saved = serializer.serialize_json(workflow)

    def act() -> None:
        loaded = serializer.deserialize_json(saved)
        _complete_next(loaded)
        serializer.serialize_json(loaded)

    return act


def _complete_next(workflow: BpmnWorkflow) -> None:
    workflow.do_engine_steps()
    task = workflow.get_next_task(manual=True, state=TaskState.READY)
    task.data["runout"] = 0.02
    task.run()
    workflow.do_engine_steps()

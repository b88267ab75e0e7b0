"""SpiffWorkflow with its case kept in PostgreSQL: read, put together, one task done, taken apart, written."""

import io
import json
import os
import statistics
import sys
import time

import psycopg
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

WARM = 30
FLOW = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="laurel">
  <process id="approval" isExecutable="true">
    <startEvent id="start"><outgoing>a</outgoing></startEvent>
    <sequenceFlow id="a" sourceRef="start" targetRef="approve"/>
    <userTask id="approve"><incoming>a</incoming><outgoing>b</outgoing></userTask>
    <sequenceFlow id="b" sourceRef="approve" targetRef="end"/>
    <endEvent id="end"><incoming>b</incoming></endEvent>
  </process>
</definitions>"""


def main(number: int) -> None:
    parser = BpmnParser()
    parser.add_bpmn_io(io.BytesIO(FLOW.encode()), "approval.bpmn")
    case = BpmnWorkflow(parser.get_spec("approval"))
    case.do_engine_steps()
    serializer = BpmnWorkflowSerializer()
    begun = serializer.serialize_json(case)
    taken = []
    with psycopg.connect(os.environ["DATABASE_URL"]) as link:
        link.execute("CREATE TABLE spiff_case (id int PRIMARY KEY, state text NOT NULL)")
        link.execute(
            "INSERT INTO spiff_case SELECT n, %s FROM generate_series(1, %s) n", [begun, number + WARM]
        )
        link.commit()
        for case_id in range(1, number + WARM + 1):
            began = time.perf_counter()
            approve(link, serializer, case_id)
            taken.append(time.perf_counter() - began)
    print(json.dumps({"click_ms": 1000 * statistics.median(taken[WARM:]), "state_bytes": len(begun)}))


def approve(link: "psycopg.Connection[tuple[str]]", serializer: BpmnWorkflowSerializer, case_id: int) -> None:
    with link.transaction():
        [state] = link.execute(
            "SELECT state FROM spiff_case WHERE id = %s FOR UPDATE", [case_id]
        ).fetchone() or [""]
        case = serializer.deserialize_json(state)
        [task] = case.get_tasks(state=TaskState.READY, manual=True)
        task.data["verdict"] = "agree"
        task.run()
        case.do_engine_steps()
        assert case.is_completed()
        link.execute(
            "UPDATE spiff_case SET state = %s WHERE id = %s", [serializer.serialize_json(case), case_id]
        )


if __name__ == "__main__":
    main(int(sys.argv[1]))

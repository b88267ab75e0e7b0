"""The smallest flow of viewflow with one human task, on its own tables."""

from typing import Any

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.flow.views import UpdateProcessView
from viewflow.workflow.lock import SelectForUpdateLock
from viewflow.workflow.models import Process

from services.workflow.models import Member


def people(number: int) -> list[Any]:
    """As many of ours, with the answer that viewflow wants of Django's own users: they may."""
    found: list[Any] = list(Member.objects.order_by("pk")[:number])
    for member in found:
        member.is_superuser, member.is_staff, member.has_perm = False, False, lambda *asked: True
    return found


class Approval(flow.Flow):  # type: ignore[misc]
    process_class = Process
    lock_impl = SelectForUpdateLock(nowait=False)

    start = flow.StartHandle(this.begun).Next(this.approve)
    approve = flow.View(UpdateProcessView.as_view(fields=[])).Assign(this.owner).Next(this.end)
    end = flow.End()

    def begun(self, activation: Any, user: Any) -> Any:
        activation.process.data = {"owner": user.pk}
        return activation.process

    def owner(self, activation: Any) -> Member:
        return Member.objects.get(pk=activation.process.data["owner"])

    @classmethod
    def begin(cls, user: Any) -> int:
        """The key of a new process whose task is this person's."""
        return int(cls.start.run(user=user).pk)

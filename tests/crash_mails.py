"""Sends mails in children that are killed by -9 one after the other, until one is done.

DATABASE_URL=... python -m tests.crash_mails FILE STEP [NUMBER]

FILE gets a line with the address of every mail that the server took. Prints how often a child
was killed.
"""

import io
import random
import sys
from pathlib import Path

import django

from tests.crash_steps import attempt, kill_myself

MOST_KILLS = 60
KILLED_AT_A_MAIL = 0.08  # chance, before the server has it and once more after


def main(file, name, *numbers):
    """Do the step again and again."""
    django.setup()
    from django.core.mail import EmailMessage
    from django.core.management import call_command
    from django.urls import get_resolver
    from django.utils import timezone

    from providers.models import WaitRequest
    from providers.services.policy.wait_requests import mail_request
    from selfservice.request.progress import letters_of

    def post(message, fail_silently=False):
        if random.random() < KILLED_AT_A_MAIL:
            kill_myself()
        with Path(file).open("a") as box:
            box.write(f"{message.to[0]}\n")
        if random.random() < KILLED_AT_A_MAIL:
            kill_myself()
        return 1

    def ask_waits(pk):
        request = WaitRequest.objects.get(pk=pk)
        letters = letters_of(request, today=timezone.localdate())
        mail_request(by=None, request=request, letters=letters)

    EmailMessage.send = post
    steps = {
        "ask_waits": ask_waits,
        "quarter": lambda: call_command("send_quarter_mails", stdout=io.StringIO()),
        "remind": lambda: call_command("send_reminders", stdout=io.StringIO()),
    }

    def step():
        random.seed()
        steps[name](*numbers)

    # Loaded once, as each child would take seconds for it.
    assert get_resolver().reverse_dict
    for kills in range(MOST_KILLS):
        before = random.randint(10, 120) if kills < MOST_KILLS // 2 else sys.maxsize
        found = attempt(step, before=before, before_commit=False)
        if found.acknowledged:
            sys.stdout.write(f"{kills}\n")
            return
    raise RuntimeError("Not done, however often it was started again.")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))

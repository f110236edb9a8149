"""The roles that every address of the site is tried with, and what a row of the table holds.

The roles:

- anonymous: not logged in
- manager: also decides who takes part in the provider of the offer
- editor: may change that provider and its offers
- viewer: a colleague who may only read along
- stranger: an editor of another provider
- municipality: a member of the municipality of Leiden
- desk: at work for the region of Leiden
- other_desk: at work for another region
- staff: an administrator: may do everything in the admin and at every desk, a member of nothing
"""

from dataclasses import dataclass, field

ROLES = (
    "anonymous",
    "manager",
    "editor",
    "viewer",
    "stranger",
    "municipality",
    "desk",
    "other_desk",
    "staff",
)
ALL = dict.fromkeys(ROLES, 200)
MEMBERS = ALL | {"anonymous": 302}
LOGGED_IN = MEMBERS
EDITORS = dict.fromkeys(ROLES, 404) | {
    "anonymous": 302,
    "manager": 200,
    "editor": 200,
    "viewer": 403,
}
MANAGERS = EDITORS | {"editor": 403}
OTHER_MEMBERS = {"editor": 200, "viewer": 200}
READERS = EDITORS | {"viewer": 200}
DESK = dict.fromkeys(ROLES, 404) | {"anonymous": 302, "desk": 200, "staff": 200}
# What is missing in Leiden: for its members, the desk of its region, and administrators.
OF_LEIDEN = DESK | {"municipality": 200}
# Who speaks for Leiden; who may only read there is told so.
FOR_LEIDEN = OF_LEIDEN | {"desk": 403, "staff": 403}
ADMIN = dict.fromkeys(ROLES, 302) | {"staff": 200}
LISTS = DESK | {"other_desk": 200}


def always(status):
    return dict.fromkeys(ROLES, status)


@dataclass(frozen=True)
class Page:
    """One address: how it is asked for, and what each role gets."""

    expected: dict[str, int]
    path: str = ""
    method: str = "get"
    data: dict = field(default_factory=dict)

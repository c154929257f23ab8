"""Who sits on the bodies of a line, and whom of them a text names, by himself or by a declared relative.

Everything is compared in memory; of a text only digests of its rows of words meet the declared names, and
only where somebody of those bodies declared any.
"""

from collections.abc import Iterable

from sqlalchemy import select

from portal.action import session
from portal.data.models.account import Account, Member, MemberState
from portal.data.models.conflict import Relative
from portal.domain.conflicts import Sitting, Verdict, judge, named_in, phrases
from portal.domain.permissions import Role
from portal.vault.names import name_digest

_LEADS = frozenset({Role.LEAD_REVIEWER.value, Role.LEAD_INSPECTOR.value})


def leads(roles: str) -> bool:
    """Whether stored roles make a head or deputy of the body, who settles its cases."""
    return not _LEADS.isdisjoint(roles.split(","))


def people_on(body_ids: Iterable[str]) -> list[Sitting]:
    """Who sits on the bodies now; who waits or has left does not count."""
    rows = session().execute(
        select(Account.id, Member.body_id, Account.display_name, Member.roles)
        .join(Account, Account.id == Member.account_id)
        .where(Member.body_id.in_(list(body_ids)), Member.state == MemberState.ADMITTED)
    )
    return [Sitting(account, body, name, leads(roles)) for account, body, name, roles in rows]


def seated(member: Member) -> Sitting:
    """A member as he will sit, also while he waits."""
    return Sitting(member.account_id, member.body_id, member.account.display_name, leads(member.roles))


def kin_named(typed: str, account_ids: Iterable[str]) -> frozenset[str]:
    """The accounts a declared relative of whom stands in the text."""
    accounts = list(account_ids)
    if not accounts:
        return frozenset()
    declared: dict[bytes, set[str]] = {}
    wanted = select(Relative.digest, Relative.account_id).where(Relative.account_id.in_(accounts))
    for digest, account_id in session().execute(wanted):
        declared.setdefault(digest, set()).add(account_id)
    if not declared:
        return frozenset()
    found = (declared.get(name_digest(phrase), ()) for phrase in phrases(typed))
    return frozenset(account for accounts in found for account in accounts)


def weigh(typed: str, people: list[Sitting], assignee_id: str | None = None) -> Verdict:
    """The bodies in conflict and the persons barred by what a text says."""
    kin = kin_named(typed, {one.account_id for one in people})
    return judge(people, named_in(typed, people), kin, assignee_id)

"""Names of colleagues in lists, with until when one is away and who stands in."""

from collections.abc import Collection, Mapping

from portal.domain.clock import today
from portal.papers import history, leaves
from portal.web.i18n import _, format_date


def named(names: Mapping[str, str], left_out: Collection[str] = ()) -> dict[str, str]:
    """Names by account id, those of people who are away today with the day and the substitute.

    `left_out`: who is not named as a substitute, since he cannot be given the case of the list.
    """
    away = leaves.by_absent(names, today())
    standing_in = history.account_names(
        one.substitute_id for one in away.values() if one.substitute_id not in left_out
    )
    found = dict(names)
    for account_id, one in away.items():
        last, he = format_date(one.last_on), standing_in.get(one.substitute_id)
        told = {"name": names[account_id], "last": last}
        found[account_id] = (
            _("%(name)s, vắng đến hết %(last)s, %(substitute)s làm thay", **told, substitute=he)
            if he
            else _("%(name)s, vắng đến hết %(last)s", **told)
        )
    return found

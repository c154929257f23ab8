"""Who may have a thing: the predicates of the reviewed table, written apart from the rules they check."""

from tests.support.askers import What, Who


def body_of(what: What) -> str:
    return what.front or what.committee


def reviewers(who: Who, what: What) -> bool:
    """Officers of the very Front board that received it."""
    of_board = who.role in {"lead", "member"} and who.body.startswith("front.") and who.body == what.front
    return of_board and has_a_part(who, what)


def reviewers_or_followers(who: Who, what: What) -> bool:
    """Those officers, and those of the board that referred it to the province."""
    return reviewers(who, what) or (who.role in {"lead", "member"} and who.body == (what.follower or "-"))


def any_reviewer(who: Who, what: What) -> bool:
    return who.role in {"lead", "member"} and who.body.startswith("front.")


def inspectors(who: Who, what: What) -> bool:
    """Officers of the very committee that has the case."""
    officer = who.role in {"lead", "member"} and who.body.startswith("inspection.")
    return officer and who.body == what.committee and has_a_part(who, what)


def lead_inspectors(who: Who, what: What) -> bool:
    return who.role == "lead" and inspectors(who, what)


def any_inspector(who: Who, what: What) -> bool:
    return who.role in {"lead", "member"} and who.body.startswith("inspection.")


def auditors(who: Who, what: What) -> bool:
    return who.role == "auditor"


def registrars(who: Who, what: What) -> bool:
    return who.role in {"registrar", "registrar2"}


def custodians(who: Who, what: What) -> bool:
    """Of the very board whose identity it is."""
    return who.role == "custodian" and who.body == what.front and has_a_part(who, what)


def has_a_part(who: Who, what: What) -> bool:
    """Nobody he is related to is named in it."""
    return who.login not in what.barred.split()


def officers(who: Who, what: What) -> bool:
    return who.role in {"lead", "member"}


def of_either(who: Who, what: What) -> bool:
    """Officers of the board or of the committee that has the case."""
    return reviewers(who, what) or inspectors(who, what)


def its_member(who: Who, what: What) -> bool:
    return bool(what.account) and who.login == what.account


def askers_and_custodians(who: Who, what: What) -> bool:
    return any_reviewer(who, what) or who.role == "custodian"


def inviters(who: Who, what: What) -> bool:
    return who.role in {"lead", "admin"}


def leads(who: Who, what: What) -> bool:
    return who.role == "lead"


def here_or_below(who: Who, what: What) -> bool:
    """Admitted people of the body, and of the one directly above it."""
    return bool(who.role) and bool(who.body) and who.body in {body_of(what), what.above}


def leads_here_or_below(who: Who, what: What) -> bool:
    return who.role == "lead" and here_or_below(who, what)


def leads_of_others(who: Who, what: What) -> bool:
    return leads_here_or_below(who, what) and who.login != what.account


def inviters_here_or_below(who: Who, what: What) -> bool:
    return who.role in {"lead", "admin"} and here_or_below(who, what)


def disablers(who: Who, what: What) -> bool:
    """Leads and administrators of the body or of the one above; nobody shuts himself out."""
    return inviters_here_or_below(who, what) and who.login != what.account


def founders(who: Who, what: What) -> bool:
    """Leads of the body directly above."""
    return who.role == "lead" and bool(what.above) and who.body == what.above


def holders(who: Who, what: What) -> bool:
    """Whoever came with a receipt."""
    return bool(who.receipt)


def its_holder(who: Who, what: What) -> bool:
    """Whoever holds the receipt of the very report."""
    return bool(who.receipt) and who.name == what.receipt

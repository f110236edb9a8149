"""The report of a list: a line per row, with what is suggested for it."""

from collections.abc import Iterator

from importing.lists.importer import Preview

HEADER = (
    *("rij", "organisatie", "aanbod", "wat", "waarom", "hulpvragen (voorstel)"),
    *("doelgroepen (voorstel)", "leeftijd vanaf", "leeftijd tot en met", "trede", "gemeenten"),
)


def report_lines(preview: Preview) -> Iterator[list[str]]:
    """Yield the cells of each row of the report, in the order of the list."""
    for outcome in preview.outcomes:
        row = outcome.row
        said = [str(row.number), row.organisation, row.title, outcome.action.value, outcome.reason]
        draft = preview.plan.offers.get(outcome.offer_key)
        found = preview.suggestions.get(row.number)
        if draft is None or found is None:
            yield [*said, *[""] * (len(HEADER) - len(said))]
            continue
        ages = ["" if age is None else str(age) for age in (found.ages.low, found.ages.high)]
        codes = ["|".join(found.help_questions), "|".join(found.target_groups)]
        yield [*said, *codes, *ages, str(draft.offer.level), "|".join(draft.municipalities)]

"""The two published lists: their columns, and how a record becomes a row."""

from django.utils.translation import gettext as _

from importing.nza.rows import NzaRow, agb, codes, day, filled, kvk
from importing.pipeline import source
from importing.pipeline.source import NATIONAL, Source
from importing.pipeline.table_file import TableForm, TextFile

CARE_TYPES_2016 = {"BGGZ/SGGZ": "Combi"}


def row_2018(number: int, cells: dict[str, str]) -> NzaRow:
    """Make a row of a record of the 2018 list."""
    return NzaRow(
        number=number,
        list_id="nza-ggz-2018",
        provider_id=cells["Uniek_zorgaanbiederID"],
        provider_name=filled(cells["Naam_zorgaanbieder"]),
        agb_code=agb(cells["AGBcode 1"]),
        kvk_number="",
        location_name=filled(cells["Vestigingslocatie"]),
        town=filled(cells["Plaatsnaam"]),
        municipality_codes=codes(cells["Gemeentecodes"]),
        circuit=filled(cells["Circuit"]),
        diagnosis=filled(cells["Diagnosegroep_letterlijk"]),
        main_group=filled(cells["Hoofddiagnosegroep"]),
        care_type=filled(cells["Type_zorg"]),
        url=filled(cells["URL_naar_wachttijden"]),
        updated_on=day(cells["Datum_actualisatie_website"], "%Y-%m-%d"),
        measured_on=day(cells["Peildatum"], "%Y-%m-%d"),
        remark=filled(cells["Opmerking"]),
        intake_text=cells["Aanmeldwachttijd_letterlijk"],
        treatment_text=cells["Behandelwachttijd_letterlijk"],
        undivided_text=cells["Aanmeld/behandelwachttijd_letterlijk"],
        coded_intake=cells["Aanmeldwachttijd"],
        coded_treatment=cells["Behandelwachttijd"],
    )


def row_2016(number: int, cells: dict[str, str]) -> NzaRow:
    """Make a row of a record of the 2016 list; its waits are already in weeks."""
    code = agb(cells["AGBCODE_INDIENER"])
    return NzaRow(
        number=number,
        list_id="nza-ggz-2016",
        provider_id=code,
        provider_name=filled(cells["Naam.zorgaanbieder"]),
        agb_code=code,
        kvk_number=kvk(cells["KvK..uit.bestand.2015."]),
        location_name=filled(cells["Vestigingslocatie"]),
        town="" if cells["Vestigingslocatie"] else filled(cells["Plaats.zorgaanbieder"]),
        municipality_codes=(),
        circuit=filled(cells["Circuit"]),
        diagnosis=filled(cells["Nadere.typering"]),
        main_group="",
        care_type=CARE_TYPES_2016.get(cells["Type.GGZ"], filled(cells["Type.GGZ"])),
        url=filled(cells["URL.naar.wachttijden"]),
        updated_on=day(cells["Datum.actualisatie"], "%d-%m-%Y"),
        measured_on=day(cells["Peildatum"], "%d-%m-%Y"),
        remark=filled(cells["Opmerkingen.MQ"]),
        intake_text=cells["Aanmeldtijd"],
        treatment_text=cells["Behandeltijd"],
        undivided_text="",
        coded_intake="",
        coded_treatment="",
    )


LISTS = (
    Source(
        code=f"{NATIONAL}ggz-2018",
        title="wachttijdenlijst ggz van de Nederlandse Zorgautoriteit, eerste kwartaal 2018",
        form=TableForm(
            delimiter=",",
            encodings=("utf-8-sig",),
            columns=(
                "Uniek_zorgaanbiederID", "Naam_zorgaanbieder", "AGBcode 1", "Vestigingslocatie",
                "Plaatsnaam", "Gemeentecodes", "Circuit", "Diagnosegroep_letterlijk",
                "Hoofddiagnosegroep", "Type_zorg", "URL_naar_wachttijden",
                "Datum_actualisatie_website", "Peildatum", "Opmerking",
                "Aanmeld/behandelwachttijd_letterlijk", "Aanmeldwachttijd_letterlijk",
                "Aanmeldwachttijd", "Behandelwachttijd_letterlijk", "Behandelwachttijd",
            ),
        ),
        marker="Uniek_zorgaanbiederID",
        row=row_2018,
    ),
    Source(
        code=f"{NATIONAL}ggz-2016",
        title="wachttijdenlijst ggz van de Nederlandse Zorgautoriteit, september 2016",
        form=TableForm(
            delimiter=";",
            # latin-1 as published; its one dash is only right when read as cp1252
            encodings=("utf-8-sig", "cp1252"),
            columns=(
                "KvK..uit.bestand.2015.", "AGBCODE_INDIENER", "Naam.zorgaanbieder",
                "Plaats.zorgaanbieder", "URL.naar.wachttijden", "Vestigingslocatie", "Type.GGZ",
                "Circuit", "Nadere.typering", "Aanmeldtijd", "Behandeltijd",
                "Datum.actualisatie", "Peildatum", "Opmerkingen.MQ",
            ),
        ),
        marker="AGBCODE_INDIENER",
        row=row_2016,
    ),
)  # fmt: skip


def recognise(file: TextFile) -> Source[NzaRow]:
    """Say which list ``file`` is, by its columns; refuses a file that is neither."""
    refusal = _("De kolommen horen niet bij een wachttijdenlijst ggz van 2016 of 2018.")
    return source.recognise(file, LISTS, refusal=refusal)

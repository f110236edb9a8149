"""Fixed choices of the domain, with their Dutch labels. The glossary fixes the names."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CareLevel(models.IntegerChoices):
    """The upstream ladder, light to heavy. It is ours: no official one exists."""

    COMMUNITY = 0, _("Sociale basis")
    PREVENTION = 1, _("Preventie en lichte steun")
    LOCAL_TEAM = 2, _("Lokaal team")
    SPECIALIST = 3, _("Specialistische hulp zonder verblijf")
    DAY_TREATMENT = 4, _("Dagbehandeling")
    FAMILY_LIVING = 5, _("Wonen in een gezin")
    RESIDENTIAL = 6, _("Verblijf in een instelling")


UPSTREAM_LEVELS = (CareLevel.COMMUNITY, CareLevel.PREVENTION, CareLevel.LOCAL_TEAM)


class CarePhase(models.TextChoices):
    """When in somebody's path an offer helps."""

    BEFORE = "voor-zorg", _("Voor zorg")
    WAITING = "wachtend", _("Tijdens het wachten")
    IN_CARE = "in-zorg", _("In zorg")
    AFTER = "uit-zorg", _("Na zorg")


class ProviderKind(models.TextChoices):
    """What sort of organisation a provider is."""

    VOLUNTEERS = "vrijwilligers", _("Vrijwilligersorganisatie")
    WELFARE = "welzijn", _("Welzijnsorganisatie")
    YOUTH_WORK = "jongerenwerk", _("Jongerenwerk")
    SCHOOL = "school", _("School of schoolpartner")
    YOUTH_HEALTH = "jgz", _("Jeugdgezondheidszorg")
    LOCAL_TEAM = "lokaal-team", _("Lokaal team")
    YOUTH_CARE = "jeugdhulp", _("Jeugdhulpaanbieder")
    MENTAL_HEALTH = "ggz", _("Jeugd-ggz")
    PRACTICE = "praktijk", _("Zelfstandige praktijk")
    ONLINE = "online", _("Online hulp")
    HOUSING = "wonen", _("Wonen en begeleiding")
    MONEY = "financieel", _("Hulp bij geldzaken")
    UNKNOWN = "onbekend", _("Soort organisatie onbekend")


class OfferStatus(models.TextChoices):
    """Where an offer stands. Only published and listed offers are shown."""

    DRAFT = "concept", _("Concept")
    PUBLISHED = "gepubliceerd", _("Gepubliceerd")
    # Taken over from a list of others and shown as such, though nobody at the provider has
    # completed it: no help question or way in may be known.
    LISTED = "overgenomen", _("Overgenomen, niet bevestigd")
    ARCHIVED = "gearchiveerd", _("Gearchiveerd")


VISIBLE_STATUSES = (OfferStatus.PUBLISHED, OfferStatus.LISTED)


class OfferFormat(models.TextChoices):
    """How and where the help takes place; an offer may have several."""

    INDIVIDUAL = "individueel", _("Individueel")
    GROUP = "groep", _("In een groep")
    ONLINE = "online", _("Online")
    HOME = "thuis", _("Bij iemand thuis")
    SCHOOL = "school", _("Op school")


class AccessRoute(models.TextChoices):
    """How somebody gets in; an offer may have several per municipality."""

    WALK_IN = "vrij", _("Zonder verwijzing")
    LOCAL_TEAM = "lokaal-team", _("Via het lokale team of de gemeente")
    DOCTOR = "huisarts", _("Via huisarts, jeugdarts of specialist")
    COURT = "rechter", _("Via rechter of gecertificeerde instelling")


class ContractStatus(models.TextChoices):
    """Whether this municipality pays for the offer."""

    FREE = "vrij", _("Vrij te gebruiken")
    CONTRACTED = "gecontracteerd", _("Gecontracteerd")
    SUBCONTRACTOR = "onderaannemer", _("Via een hoofdaannemer")
    PGB = "pgb", _("Alleen met een pgb")
    NONE = "geen", _("Geen contract")
    UNKNOWN = "onbekend", _("Contract onbekend")


class Ternary(models.TextChoices):
    """A fact with three values; unknown is never taken for no."""

    YES = "ja", _("Ja")
    NO = "nee", _("Nee")
    UNKNOWN = "onbekend", _("Onbekend")


class AlsoTakes(models.TextChoices):
    """What may be the case beside the question one comes with."""

    DISABILITY = "lvb", _("Een licht verstandelijke beperking")
    ADDICTION = "verslaving", _("Verslaving")
    AUTISM = "autisme", _("Autisme")
    SUICIDALITY = "suicidaliteit", _("Gedachten aan zelfdoding")
    NO_SCHOOL = "geen-school", _("Iemand die niet naar school gaat")

    @property
    def in_a_row(self) -> str:
        """The label as part of a sentence."""
        words = str(self.label)
        return words[:1].lower() + words[1:]


class PointPrecision(models.TextChoices):
    """How precisely the point of a location is known."""

    ADDRESS = "adres", _("Op het adres")
    POSTCODE = "postcode", _("Ongeveer: midden van het postcodegebied")
    TOWN = "plaats", _("Ongeveer: midden van de plaats")
    MUNICIPALITY = "gemeente", _("Ongeveer: midden van de gemeente")
    NONE = "geen", _("Niet op de kaart")


class WaitStatus(models.TextChoices):
    """What a measurement says."""

    KNOWN = "bekend", _("Bekend")
    STOP = "stop", _("Aanmeldstop")
    UNKNOWN = "onbekend", _("Onbekend")


class WaitMethod(models.TextChoices):
    """How the weeks were found. Different methods are never added up or averaged together."""

    FORECAST = "verwachting", _("Verwachting voor wie nu wordt aangemeld")
    MEAN = "gemiddelde", _("Gemiddelde van wie begonnen is")
    MEDIAN = "mediaan", _("Mediaan van wie begonnen is")
    PROCESS = "procestijd", _("Procestijd uit berichten, geen wachttijd")


class WaitSource(models.TextChoices):
    """Who supplied the weeks."""

    PROVIDER = "aanbieder", _("Opgave van de aanbieder")
    REGION = "regio", _("Opgave van de regio")
    NZA = "nza", _("Nederlandse Zorgautoriteit")
    IJW = "ijw", _("iJw-berichten")


class GroupKind(models.TextChoices):
    """The kind of group."""

    PEERS = "lotgenotengroep", _("Lotgenotengroep")
    PSYCHO_EDUCATION = "psycho-educatie", _("Psycho-educatiegroep")
    TRAINING = "training", _("Training of cursus")
    PARENTS = "oudergroep", _("Oudergroep of oudertraining")
    PARENT_CHILD = "ouder-kindgroep", _("Ouder-kindgroep")
    TREATMENT = "behandelgroep", _("Behandelgroep")
    BRIDGING = "overbruggingsgroep", _("Overbruggings- of triagegroep")
    STEP_DOWN = "afschaalgroep", _("Afschaal- of nazorggroep")
    WALK_IN = "inloop", _("Inloop")
    ONE_OFF = "eenmalig", _("Eenmalige bijeenkomst")
    TAILORED = "op-maat", _("Groep op maat (vanaf 1 op 3)")

    @property
    def about(self) -> str:
        """What such a group is, in a few words."""
        return str(_ABOUT_KINDS[self.value])


_ABOUT_KINDS = {
    "lotgenotengroep": _("Steun van mensen die hetzelfde meemaken."),
    "psycho-educatie": _("Uitleg over een klacht of diagnose, en samen oefenen."),
    "training": _("Iets leren in een vast aantal keren."),
    "oudergroep": _("Ouders leren van elkaar en van een begeleider."),
    "ouder-kindgroep": _("Ouder en kind samen."),
    "behandelgroep": _("Behandeling in een groep in plaats van alleen."),
    "overbruggingsgroep": _("Meteen beginnen, voor wie op een wachtlijst staat."),
    "afschaalgroep": _("Hulp afronden en weer aansluiten bij het gewone leven."),
    "inloop": _("Zonder afspraak, op vaste tijden."),
    "eenmalig": _("Eén keer: een thema-avond of workshop."),
    "op-maat": _("Een kleine groep rond dezelfde vraag, deels ook alleen."),
}


class GroupAudience(models.TextChoices):
    """Who sits in the group."""

    CHILD = "kind", _("Kinderen of jongeren")
    PARENTS = "ouders", _("Ouders")
    BOTH = "samen", _("Ouders en kinderen samen")


class Role(models.TextChoices):
    """What somebody is to a provider or a municipality (what each may do: permissions.py)."""

    VIEWER = "bekijker", _("Bekijker")
    EDITOR = "bewerker", _("Bewerker")
    MANAGER = "beheerder", _("Beheerder")


class MailEvery(models.IntegerChoices):
    """How often a member is asked by mail to keep a provider's offers true, in months."""

    MONTH = 1, _("Elke maand")
    TWO_MONTHS = 2, _("Elke twee maanden")
    QUARTER = 3, _("Elke drie maanden")
    NEVER = 0, _("Nooit")


class DeskState(models.TextChoices):
    """What the desk of a region did with a claim or a tip."""

    OPEN = "open", _("Wacht op de desk")
    ASKED = "gevraagd", _("Wacht op antwoord")
    DONE = "goed", _("Goedgekeurd")
    REFUSED = "nee", _("Afgewezen")


class DatedFact(models.TextChoices):
    """A kind of fact with a clock of its own (settings.FRESHNESS_DAYS)."""

    WAIT = "wait", _("Wachttijd")
    PLACES = "places", _("Vrije plekken")
    OFFER = "offer", _("Het aanbod")
    CONTACT = "contact", _("Contactgegevens")


class ConfirmedVia(models.TextChoices):
    """How a confirmation came in."""

    LOGIN = "login", _("Na inloggen")
    LINK = "link", _("Met de link in een mail")
    IMPORT = "import", _("Uit een bestand")
    API = "api", _("Uit een ander systeem")
    PHONE = "phone", _("Aan de telefoon")


class HelpKind(models.TextChoices):
    """The kind of help, as regions purchase it and count waits by it."""

    MENTAL_HEALTH = "ggz", _("Jeugd-ggz")
    PARENTING = "opgroeien", _("Jeugd- en opvoedhulp")
    DISABILITY = "beperking", _("Hulp bij een beperking")
    DYSLEXIA = "dyslexie", _("Hulp bij dyslexie")
    LOCAL_TEAM = "basishulp", _("Basishulp (lokaal team)")
    COMMUNITY = "basis", _("Sociale basis en preventie")
    SAFE_HOME = "veilig-thuis", _("Veilig Thuis")
    CHILD_PROTECTION_BOARD = "rvdk", _("Raad voor de Kinderbescherming")
    PROTECTION = "bescherming", _("Jeugdbescherming en jeugdreclassering")
    CRISIS = "crisis", _("Crisishulp")
    FOSTER_CARE = "pleegzorg", _("Pleegzorg")
    UNKNOWN = "onbekend", _("Soort hulp onbekend")


# The chain of safety. Each has a clock of its own, set by law or by hand, and none is specialist
# help that one waits for after a referral: they count in no total.
SAFETY_KINDS = (
    HelpKind.SAFE_HOME,
    HelpKind.CHILD_PROTECTION_BOARD,
    HelpKind.PROTECTION,
    HelpKind.CRISIS,
    HelpKind.FOSTER_CARE,
)
# What a region purchases as specialist youth care. Waits are added up over these kinds only: a
# walk-in that takes everybody at once would make a wait of months look short.
SPECIALIST_KINDS = (
    HelpKind.MENTAL_HEALTH,
    HelpKind.PARENTING,
    HelpKind.DISABILITY,
    HelpKind.DYSLEXIA,
)


class AgeBand(models.TextChoices):
    """Ages in bands that tell nothing about one child; both ends count."""

    TODDLER = "0-3", _("0 tot en met 3 jaar")
    YOUNG = "4-7", _("4 tot en met 7 jaar")
    MIDDLE = "8-11", _("8 tot en met 11 jaar")
    TEEN = "12-15", _("12 tot en met 15 jaar")
    OLDER = "16-18", _("16 tot en met 18 jaar")
    ADULT = "19-27", _("19 tot en met 27 jaar")
    PARENT = "ouder", _("Ouders")


class DemandOutcome(models.TextChoices):
    """How a search ended."""

    MANY = "veel", _("Vijf of meer gevonden")
    FEW = "weinig", _("Een tot vier gevonden")
    NONE = "niets", _("Niets gevonden")
    LATE = "te-laat", _("Niets op tijd gevonden")


class ReportKind(models.TextChoices):
    """What a referrer says about an offer."""

    FULL = "vol", _("Vol")
    WRONG = "klopt-niet", _("Klopt niet")
    NO_FIT = "past-niet", _("Past niet")


class UseKind(models.TextChoices):
    """What somebody did who met an offer; in the order of how close they came."""

    SHOWN = "getoond", _("Getoond in een zoekresultaat")
    OPENED = "geopend", _("Geopend")
    KEPT = "bewaard", _("Bewaard in een keuzelijst")
    HANDED_OUT = "mee", _("Op een gezinspagina gezet")
    CALLED = "gebeld", _("Op het telefoonnummer getikt")


class ReportReason(models.TextChoices):
    """What is wrong, or why it does not fit; always from this list, never in own words."""

    WAIT = "wachttijd", _("De wachttijd klopt niet")
    CONTACT = "contact", _("De contactgegevens kloppen niet")
    AGES = "leeftijd", _("De leeftijden kloppen niet")
    AREA = "gemeente", _("De gemeenten kloppen niet")
    GONE = "gestopt", _("Dit aanbod bestaat niet meer")
    OTHER_WRONG = "iets-anders", _("Iets anders klopt niet")
    TOO_FAR = "te-ver", _("Te ver weg")
    TOO_LATE = "te-laat", _("Duurt te lang")
    TOO_HEAVY = "te-zwaar", _("Te zwaar")
    TOO_LIGHT = "te-licht", _("Te licht")
    REFUSED = "geweigerd", _("De aanbieder weigerde: te complex of te zwaar")
    LANGUAGE = "taal", _("De taal past niet")
    COST = "kosten", _("De kosten zijn te hoog")


class MissingReason(models.TextChoices):
    """What a referrer did not find."""

    NOTHING = "niets", _("Er is niets")
    TOO_FAR = "te-ver", _("Wat er is, is te ver weg")
    TOO_LATE = "te-laat", _("Wat er is, duurt te lang")
    NO_GROUP = "geen-groep", _("Er is geen groep")
    TOO_HEAVY = "te-zwaar", _("Wat er is, is te zwaar")
    LANGUAGE = "taal", _("Er is niets in de juiste taal")
    COST = "kosten", _("Wat er is, kost te veel")


class ReferrerKind(models.TextChoices):
    """From what work somebody reports that help is missing."""

    DOCTOR = "huisarts", _("Huisartsenpraktijk of POH-jeugd")
    YOUTH_HEALTH = "jgz", _("Jeugdgezondheidszorg")
    LOCAL_TEAM = "wijkteam", _("Lokaal team of gemeente")
    SCHOOL = "school", _("School of kinderopvang")
    PROVIDER = "aanbieder", _("Aanbieder van hulp")
    GUARDIAN = "gi", _("Jeugdbescherming of jeugdreclassering")
    FAMILY = "gezin", _("Jongere of ouder")
    OTHER = "anders", _("Ander werk")


class SignalStatus(models.TextChoices):
    """What a municipality does about help that is missing."""

    SEEN = "gezien", _("Gezien")
    TALKING = "in-gesprek", _("In gesprek")
    TAKEN_UP = "opgepakt", _("Opgepakt")
    CANNOT = "kan-niet", _("Kan niet")

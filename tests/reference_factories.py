"""The ground of the test data: places and vocabulary. Tests take them from tests.factories."""

from types import SimpleNamespace

import factory
from factory.django import DjangoModelFactory

from providers import models
from providers.geography.geometry import to_grid
from providers.vocabulary.text.watch import forget_vocabulary
from providers.vocabulary.words import normalise

# The town hall of Leiden: a point that is certainly in the Netherlands.
LEIDEN = (52.1583, 4.4931)


class PointFactory(DjangoModelFactory):
    """Whatever lies on the map: its grid columns follow from its degrees."""

    class Meta:
        abstract = True

    lat = LEIDEN[0]
    lon = LEIDEN[1]
    rd_x = factory.LazyAttribute(lambda point: to_grid(point.lat, point.lon).x)
    rd_y = factory.LazyAttribute(lambda point: to_grid(point.lat, point.lon).y)


class YouthRegionFactory(DjangoModelFactory):
    class Meta:
        model = models.YouthRegion
        django_get_or_create = ["code"]

    code = "JZ18"
    name = "Holland Rijnland"


class MunicipalityFactory(PointFactory):
    class Meta:
        model = models.Municipality
        django_get_or_create = ["code"]

    # Four digits, above the codes of real municipalities.
    code = factory.Sequence(lambda n: f"GM{2000 + n % 8000}")
    name = factory.LazyAttribute(lambda place: f"Gemeente {place.code[2:]}")
    slug = factory.LazyAttribute(lambda place: normalise(place.name).replace(" ", "-"))
    region = factory.SubFactory(YouthRegionFactory)
    inhabitants = 50_000
    youths = 9_000


class PostalAreaFactory(PointFactory):
    class Meta:
        model = models.PostalArea
        django_get_or_create = ["code"]

    code = factory.Sequence(lambda n: f"{1000 + n % 9000}")
    town = factory.LazyAttribute(lambda area: area.municipality.name)
    municipality = factory.SubFactory(MunicipalityFactory)


class TownFactory(PointFactory):
    class Meta:
        model = models.Town
        django_get_or_create = ["slug"]

    name = factory.Sequence(lambda n: f"Dorp {n}")
    key = factory.LazyAttribute(lambda town: normalise(town.name))
    slug = factory.LazyAttribute(lambda town: town.key.replace(" ", "-"))
    municipality = factory.SubFactory(MunicipalityFactory)
    inhabitants = 4_000


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = models.Theme
        django_get_or_create = ["code"]

    code = "stemming"
    label = factory.LazyAttribute(lambda theme: theme.code.capitalize())


class HelpQuestionFactory(DjangoModelFactory):
    class Meta:
        model = models.HelpQuestion
        django_get_or_create = ["code"]

    code = factory.Sequence(lambda n: f"hulpvraag-{n}")
    label = factory.LazyAttribute(lambda question: question.code.replace("-", " ").capitalize())
    theme = factory.SubFactory(ThemeFactory)


class TargetGroupFactory(DjangoModelFactory):
    class Meta:
        model = models.TargetGroup
        django_get_or_create = ["code"]

    code = factory.Sequence(lambda n: f"doelgroep-{n}")
    label = factory.LazyAttribute(lambda group: group.code.replace("-", " ").capitalize())


class LanguageFactory(DjangoModelFactory):
    class Meta:
        model = models.Language
        django_get_or_create = ["code"]

    code = "nl"
    label = "Nederlands"


class CareLevelTextFactory(DjangoModelFactory):
    class Meta:
        model = models.CareLevelText
        django_get_or_create = ["level"]

    level = 0
    label = "Sociale basis"
    examples = "jongerenwerk, sport"


class SearchWordFactory(DjangoModelFactory):
    class Meta:
        model = models.SearchWord

    text = factory.Sequence(lambda n: f"zoekwoord {n}")
    key = factory.LazyAttribute(lambda word: normalise(word.text))
    help_question = factory.SubFactory(HelpQuestionFactory)


PLACES = (
    ("GM0546", "Leiden", 52.1583, 4.4931, ("2311", "2312")),
    ("GM0547", "Leiderdorp", 52.1610, 4.5320, ("2352",)),
    ("GM0537", "Katwijk", 52.1984, 4.4160, ("2225",)),
)


def build_region():
    """Three municipalities of the region, each with a town and one or two postcodes.

    In a few statements, as hundreds of tests begin with it; what there is already stays.
    """
    region = YouthRegionFactory()
    places, towns, areas = [], [], []
    for code, name, lat, lon, postcodes in PLACES:
        point = {"lat": lat, "lon": lon}
        place = MunicipalityFactory.build(code=code, name=name, region=region, **point)
        places.append(place)
        towns.append(TownFactory.build(name=name, municipality=place, **point))
        areas += [
            PostalAreaFactory.build(code=one, municipality=place, **point) for one in postcodes
        ]
    for rows in (places, towns, areas):
        type(rows[0]).objects.bulk_create(rows, ignore_conflicts=True)
    forget_vocabulary()
    return SimpleNamespace(code=region.code, **{one.name.lower(): one for one in places})

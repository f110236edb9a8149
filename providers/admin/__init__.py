"""The admin for a region's editor. Importing a module registers its lists."""

from providers.admin import catalogue, groups, municipal, offers, people, vocabulary, ways_in

__all__ = ["catalogue", "groups", "municipal", "offers", "people", "vocabulary", "ways_in"]

"""A help question names the kind of danger, so that the page can say whom to call."""

from django.db import migrations, models

KINDS = {
    "gedachten-aan-de-dood": "suicide",
    "zelfbeschadiging": "selfharm",
    "in-de-war": "psychosis",
    "seksueel-misbruik": "abuse",
    "weglopen": "runaway",
}
# What somebody added: what it was shown as until now, and its nearest kind.
OTHERWISE = {"acuut": "psychosis", "veiligheid": "violence"}
BACK = {"suicide": "acuut", "selfharm": "acuut", "psychosis": "acuut"}


def name_the_kind(apps, schema_editor):
    questions = apps.get_model("providers", "HelpQuestion").objects
    for old, kind in OTHERWISE.items():
        rows = questions.filter(signal=old)
        for code, own in KINDS.items():
            rows.filter(code=code).update(signal=own)
        rows.update(signal=kind)


def forget_the_kind(apps, schema_editor):
    questions = apps.get_model("providers", "HelpQuestion").objects
    for row in questions.exclude(signal=""):
        questions.filter(pk=row.pk).update(signal=BACK.get(row.signal, "veiligheid"))


class Migration(migrations.Migration):
    dependencies = [("providers", "0013_narrow_indexes")]

    operations = [
        migrations.AlterField(
            model_name="helpquestion",
            name="signal",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Geen"),
                    ("suicide", "Zelfdoding"),
                    ("selfharm", "Zichzelf pijn doen"),
                    ("psychosis", "In de war"),
                    ("abuse", "Seksueel geweld"),
                    ("runaway", "Weglopen"),
                    ("violence", "Onveilig thuis of daarbuiten"),
                ],
                default="",
                max_length=12,
                verbose_name="signaal",
            ),
        ),
        migrations.RunPython(name_the_kind, forget_the_kind),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_log_ins")]

    operations = [
        migrations.AlterField(
            model_name="login",
            name="way",
            field=models.CharField(
                choices=[
                    ("wachtwoord", "met wachtwoord"),
                    ("organisatie", "via uw organisatie"),
                    ("sleutel", "met een toegangssleutel"),
                    ("uitnodiging", "met een uitnodiging"),
                ],
                max_length=12,
            ),
        ),
    ]

import django.db.models.deletion
import providers.days
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('providers', '0037_offer_closing'),
    ]

    operations = [
        migrations.CreateModel(
            name='CanAlsoTake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('condition', models.CharField(choices=[('lvb', 'Een licht verstandelijke beperking'), ('verslaving', 'Verslaving'), ('autisme', 'Autisme'), ('suicidaliteit', 'Gedachten aan zelfdoding'), ('geen-school', 'Iemand die niet naar school gaat')], max_length=14, verbose_name='bij')),
                ('answer', models.BooleanField(verbose_name='neemt ook aan')),
                ('stated_on', models.DateField(validators=[providers.days.check_happened], verbose_name='opgegeven op')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='can_also_take', to='providers.offer', verbose_name='aanbod')),
            ],
            options={
                'verbose_name': 'neemt ook aan bij',
                'verbose_name_plural': 'neemt ook aan bij',
                'ordering': ['condition'],
                'constraints': [models.UniqueConstraint(fields=('offer', 'condition'), name='also_takes_once', violation_error_message='Dit staat er al.')],
            },
        ),
        migrations.CreateModel(
            name='ReferralFacts',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('continues_after_18', models.CharField(choices=[('ja', 'Ja'), ('nee', 'Nee'), ('onbekend', 'Onbekend')], default='onbekend', max_length=8, verbose_name='loopt door na 18')),
                ('continues_stated_on', models.DateField(blank=True, null=True, validators=[providers.days.check_happened])),
                ('consult', models.CharField(choices=[('ja', 'Ja'), ('nee', 'Nee'), ('onbekend', 'Onbekend')], default='onbekend', max_length=8, verbose_name='overleg zonder aanmelding')),
                ('consult_who', models.CharField(blank=True, max_length=120, verbose_name='met wie')),
                ('consult_when', models.CharField(blank=True, max_length=120, verbose_name='wanneer')),
                ('consult_about', models.CharField(blank=True, max_length=200, verbose_name='waarover')),
                ('consult_stated_on', models.DateField(blank=True, null=True, validators=[providers.days.check_happened])),
                ('funding_ends', models.CharField(choices=[('ja', 'Ja'), ('nee', 'Nee'), ('onbekend', 'Onbekend')], default='onbekend', max_length=8, verbose_name='geld voor een bepaalde tijd')),
                ('funded_until', models.DateField(blank=True, null=True, validators=[providers.days.check_day], verbose_name='gefinancierd tot en met')),
                ('funding_stated_on', models.DateField(blank=True, null=True, validators=[providers.days.check_happened])),
                ('offer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='referral', to='providers.offer', verbose_name='aanbod')),
            ],
            options={
                'verbose_name': 'gegevens voor verwijzers',
                'verbose_name_plural': 'gegevens voor verwijzers',
                'constraints': [models.CheckConstraint(condition=models.Q(('funded_until', None), ('funding_ends', 'ja'), _connector='OR'), name='funded_until_is_an_end', violation_error_message='Een dag hoort bij geld voor een bepaalde tijd.'), models.CheckConstraint(condition=models.Q(('consult', 'ja'), models.Q(('consult_about', ''), ('consult_when', ''), ('consult_who', '')), _connector='OR'), name='consult_details_of_a_consult', violation_error_message='Met wie en wanneer horen bij overleg dat kan.')],
            },
        ),
    ]

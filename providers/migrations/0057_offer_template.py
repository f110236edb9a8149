import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('providers', '0056_region_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='offer',
            name='template',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='copies', to='providers.offer', verbose_name='kopie van'),
        ),
    ]

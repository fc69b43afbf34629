"""Somebody deletes a draft while another writes in it: their unsaved text stays, as that of a new case."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0010_review_and_history'),
    ]

    operations = [
        migrations.AlterField(
            model_name='unsavedtext',
            name='case',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='unsaved', to='cases.case'),
        ),
    ]

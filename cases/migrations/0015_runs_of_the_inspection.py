"""When a look at all texts was asked for, and when the links were tried."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_views_and_inspection")]

    operations = [
        migrations.AddField("inspection", "wanted_at", models.DateTimeField(null=True)),
        migrations.AddField("inspection", "links_checked_at", models.DateTimeField(null=True)),
    ]

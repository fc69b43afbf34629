from django.db import migrations, models


class Migration(migrations.Migration):
    """Feeds ask for the cases last released: without an index every case would be read for fifty."""

    dependencies = [("cases", "0007_relations")]

    operations = [
        migrations.AddIndex(
            model_name="publishedcase",
            index=models.Index(fields=["-released_at", "-case"], name="published_last_released"),
        ),
    ]

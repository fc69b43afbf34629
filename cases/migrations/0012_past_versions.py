from collections import Counter, defaultdict

from django.db import migrations, models

BATCH = 500


def fill(apps, schema_editor):
    """Cases that were published before there were rows for their versions."""
    get = apps.get_model
    cases = get("cases", "PublishedCase").objects.filter(versions=None).order_by("pk").values_list("pk", flat=True)
    keys = list(cases)
    for start in range(0, len(keys), BATCH):
        _fill(get("cases", "Publication"), get("cases", "PublishedVersion"), keys[start : start + BATCH])


def _fill(publications, versions, keys):
    shown: dict[int, list] = defaultdict(list)
    numbers: Counter[int] = Counter()
    for publication in publications.objects.filter(case__in=keys).order_by("pk").select_related("revision"):
        if publication.kind == "withdrawn":
            shown[publication.case_id].clear()
        else:
            numbers[publication.case_id] += 1
            shown[publication.case_id].append((numbers[publication.case_id], publication))
    versions.objects.bulk_create(
        versions(
            case_id=case,
            number=number,
            released_at=publication.at,
            note=publication.revision.note,
            is_minor=publication.revision.is_minor,
            body=None if publication is published[-1][1] else publication.revision.content,
        )
        for case, published in shown.items()
        for number, publication in published
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_unsaved_text_outlives_its_case")]

    operations = [
        migrations.AlterField(
            model_name="revision",
            name="occasion",
            field=models.CharField(
                choices=[("submitted", "提交审核"), ("published", "发布"), ("overwritten", "被覆盖之前")],
                default="published",
                max_length=20,
                verbose_name="缘由",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

from django.utils.translation import gettext as _

from cases.exporting.dataset import write_dataset
from cases.management.acting import ActingCommand, with_progress


class Command(ActingCommand):
    help = _("把全部已发布的案例做成一个数据集文件，供 /data/ 页面下载。可重复运行，宜每天定时运行。")

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--with-demo", action="store_true", help=_("连示例案例一起，在表里标明"))

    def handle(self, *, by, with_demo, **options):
        self.check_actor(by)
        made = write_dataset(with_demo=with_demo, progress=with_progress)
        facts = {"path": made.path, "cases": made.cases, "metrics": made.metrics, "size": made.size}
        self.record("exported", by, _("数据集"), {**facts, "sha256": made.sha256})
        self.stdout.write(
            _("%(path)s：%(cases)d 个案例，%(metrics)d 项指标，%(size)d 字节，SHA-256 %(sha256)s")
            % {**facts, "sha256": made.sha256}
        )

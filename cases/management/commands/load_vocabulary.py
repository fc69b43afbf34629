from django.utils.translation import gettext as _

from cases.editing.people import make_groups
from cases.editing.site_pages import load_site_pages
from cases.editing.vocabulary import load_vocabulary
from cases.management.acting import ActingCommand


class Command(ActingCommand):
    help = _("载入词表、站点页面的默认文字和六个角色的用户组；可重复运行，只停用、不删除，编辑改过的内容保留。")

    def handle(self, *, by, **options):
        self.check_actor(by)
        changed = load_vocabulary() | {"pages": load_site_pages()}
        make_groups()
        if any(changed.values()):
            self.record("loaded", by, _("词表"), changed)
        self.stdout.write(
            _("词表已载入：变动区划 %(regions)d 条、部门 %(departments)d 条、主题 %(themes)d 条，站点页面 %(pages)d 篇")
            % changed
        )

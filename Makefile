# make run     the site with its demo on http://127.0.0.1:8000 (PORT=)
# make test    the whole suite, on every database found here (REQUIRE_ALL=1: nothing may be left out)
# make check   lint, types, templates, migrations, deployment settings; silent when all is well
# make audit   Lighthouse, axe and W3C's validator on a site of its own (needs node, java, chromium; TOOLS= for some)
# make lock    requirements.txt anew from pyproject.toml (needs uv)
# make messages   the English catalogue anew from the Chinese source strings (needs gettext)

PYTHON ?= python3
PORT ?= 8000
python := .venv/bin/python

.PHONY: run setup test check audit lock messages

run: setup
	@$(python) manage.py migrate --verbosity 0
	@$(python) manage.py load_vocabulary
	@$(python) manage.py load_demo --once
	@exec $(python) manage.py runserver 127.0.0.1:$(PORT)

setup: .venv/installed

# Done again only when requirements.txt is newer than the last time.
.venv/installed: requirements.txt
	@command -v $(PYTHON) >/dev/null || { echo "找不到 $(PYTHON)：请先安装 Python 3.11 或更高版本（Debian 软件包 python3）。"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更高版本，这里的 $(PYTHON) 是 $$($(PYTHON) --version 2>&1)；可以指定另一个：make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "这里的 Python 缺少 venv 模块：请先安装 Debian 软件包 python3-venv（sudo apt install python3-venv）。"; exit 1; }
	@echo "正在准备 .venv（只在第一次或依赖变动时）……"
	@$(PYTHON) -m venv .venv
	@$(python) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r requirements.txt
	@touch $@

test: setup
	@$(python) -m tests.run

# Runs a command and shows what it said only if it failed.
quietly = @output=$$($(1) 2>&1) || { printf '%s\n' "$$output"; exit 1; }
production = DEBUG=0 SECRET_KEY=$$($(python) -c 'import secrets; print(secrets.token_urlsafe(50))') \
	ALLOWED_HOSTS=www.example.gov.cn DATABASE_URL=sqlite:///:memory:

check: setup
	$(call quietly,$(python) -m ruff check .)
	$(call quietly,$(python) -m ruff format --check .)
	$(call quietly,$(python) -m mypy)
	$(call quietly,$(python) -m djlint templates --lint)
	$(call quietly,$(python) manage.py makemigrations --check --dry-run)
	$(call quietly,env $(production) $(python) manage.py check --deploy --fail-level WARNING)
	@echo "检查通过"

audit: setup audit/node_modules/.package-lock.json
	@command -v java >/dev/null || { echo "找不到 java：请先安装 Debian 软件包 default-jre-headless。"; exit 1; }
	@$(python) -m audit.run $(TOOLS)

audit/node_modules/.package-lock.json: audit/package-lock.json
	@command -v npm >/dev/null || { echo "找不到 npm：请先安装 Node.js 18.16 或更高版本。"; exit 1; }
	@npm ci --prefix audit --silent
	@touch $@

lock:
	@uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --extra dev pyproject.toml -o requirements.txt

english := cases/locale/en/LC_MESSAGES/django

# The day of the run is taken out again: the same source gives the same two files.
messages: setup
	@$(python) manage.py makemessages --locale en --no-location --no-wrap --no-obsolete \
		--ignore tests --ignore bench --ignore node_modules --ignore var --verbosity 0
	@sed -i.before '/^"POT-Creation-Date:/d' $(english).po && rm $(english).po.before
	@msgfmt --check-format --output-file $(english).mo $(english).po
	@msgattrib --only-fuzzy --no-obsolete $(english).po; msgattrib --untranslated --no-obsolete $(english).po

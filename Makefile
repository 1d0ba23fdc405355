# The commands a newcomer needs. Each prepares the machine first; what is there already is not done again.
#
#   make run      the product with demo data, on http://localhost:8600 (PORT=... for another)
#   make test     every test: Python, TypeScript, browser
#   make check    ruff, mypy, import contracts, tsc, ESLint
#   make fmt      format and repair what can be repaired
#   make bench    the figures, side by side with other products
#
#   make test-differential   10,000 random work orders through both engines (RUNS=...)
#   make test-designer   two designers at random for a minute, ten killed browsers, every screen in both languages,
#                        and the tests in a browser that make test has no time for
#   make test-ledger     500 x 60 random acts with stock, 1,000 histories judged, 20 x 200 at once, a minute's storm, 200 kills
#   make test-insights   200 random histories judged, cases among real reports, large prints, walls, every screen of these
#   make test-postgresql     every test of the host on PostgreSQL; make test tries there what depends on the database
#   make lock                lock Python's packages again     make clean   forget everything that was built

PORT ?= 8600
RUNS ?= 10000
HOUSE = PYTHONPATH=tools PYTHONDONTWRITEBYTECODE=1 "$$(sh tools/find_python.sh)" -m house

.PHONY: run test check fmt bench test-differential test-designer test-postgresql test-ledger test-insights lock clean

# exec: whoever ends make ends the server, which would otherwise live on without it.
run:
	@exec env $(HOUSE) run --port $(PORT)

test check fmt bench lock:
	@$(HOUSE) $@

test-differential:
	@MENDLOOP_DIFFERENTIAL_RUNS=$(RUNS) MENDLOOP_LIVE_SEQUENCES=300 $(HOUSE) pytest \
		tests/conformance/test_differential.py tests/conformance/test_live_step.py -q -s --timeout 0

test-designer:
	@MENDLOOP_TOGETHER_SECONDS=60 MENDLOOP_KILLS=10 $(HOUSE) pytest tests/browser/test_designer_together.py \
		tests/browser/test_designer_killed.py -q -s
	@MENDLOOP_ALL_SCREENS=1 $(HOUSE) pytest tests/browser -m long -q

test-ledger:
	@MENDLOOP_LEDGER_EXAMPLES=500 MENDLOOP_LEDGER_STEPS=60 MENDLOOP_LEDGER_HISTORIES=1000 MENDLOOP_LEDGER_ROUNDS=20 \
		MENDLOOP_LEDGER_SECONDS=60 MENDLOOP_LEDGER_KILLS=200 MENDLOOP_ASSET_RUNS=60 MENDLOOP_COST_EXAMPLES=50 \
		MENDLOOP_SERVER_KILLS=20 $(HOUSE) pytest tests/web/test_ledger_model.py \
		tests/web/test_ledger_judged.py tests/web/test_ledger_parallel.py tests/live/test_killed_movements.py tests/live/test_killed_server.py \
		tests/live/test_two_hundred_at_once.py tests/web/test_assets_machine.py tests/web/test_costing_kept.py -q -s --timeout 0

test-insights:
	@MENDLOOP_INSIGHTS_HISTORIES=200 MENDLOOP_KNOWLEDGE_KILLS=50 $(HOUSE) pytest tests/web/test_insights_judged.py \
		tests/web/test_knowledge_search_index.py -q -s --timeout 0
	@$(HOUSE) pytest tests/web/test_knowledge_search_quality.py tests/web/test_record_prints_long.py \
		tests/browser/test_board.py tests/browser/test_case_drafts.py -m long -q -s --timeout 0

test-postgresql:
	@$(HOUSE) pytest tests/web -m postgresql -n 3 -q

clean:
	rm -rf .venv node_modules build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	rm -rf platform/mendloop/static/runner platform/mendloop/static/designer platform/mendloop/_fonts

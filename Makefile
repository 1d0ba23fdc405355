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
#   make lock                lock Python's packages again     make clean   forget everything that was built

PORT ?= 8600
RUNS ?= 10000
HOUSE = PYTHONPATH=tools PYTHONDONTWRITEBYTECODE=1 "$$(sh tools/find_python.sh)" -m house

.PHONY: run test check fmt bench test-differential test-designer lock clean

# exec: whoever ends make ends the server, which would otherwise live on without it.
run:
	@exec env $(HOUSE) run --port $(PORT)

test check fmt bench lock:
	@$(HOUSE) $@

test-differential:
	@MENDLOOP_DIFFERENTIAL_RUNS=$(RUNS) $(HOUSE) pytest tests/conformance/test_differential.py -q -s --timeout 0

# They need what `make test` prepares: the bundles, and a Chromium.
test-designer:
	@MENDLOOP_TOGETHER_SECONDS=60 MENDLOOP_KILLS=10 $(HOUSE) pytest tests/browser/test_designer_together.py \
		tests/browser/test_designer_killed.py -q -s
	@MENDLOOP_ALL_SCREENS=1 $(HOUSE) pytest tests/browser -m long -q

clean:
	rm -rf .venv node_modules build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	rm -rf platform/mendloop/static/runner platform/mendloop/static/designer platform/mendloop/_fonts

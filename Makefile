# Two commands do everything on a fresh machine: `make run` and `make test`. The rest is for developers.
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help run test sure format bench assets translations lock demo-reset clean

BIN := .venv/bin
WORKERS ?= 2

help: ## Danh sách này · this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Chạy bản trình diễn trên máy này · run the demo (PORTAL_PORT=8000)
	@sh tools/environment.sh requirements.lock
	@$(BIN)/portal demo run

test: ## Mọi kiểm thử, trên SQLite, PostgreSQL và trình duyệt · every test (ARGS="-k name" for some)
	@sh tools/environment.sh requirements-test.lock
	@sh tools/system_packages.sh
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadgroup $(ARGS)

sure: ## Trước khi gửi: định dạng, quy ước, kiểu, hợp đồng, kiểm thử · before you push
	@sh tools/environment.sh requirements-dev.lock
	@$(BIN)/ruff format .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/deptry .
	@$(MAKE) test

bench: ## Đo tốc độ, ghi bench.json · measure, beside a bare application
	@sh tools/environment.sh requirements-test.lock
	@sh tools/system_packages.sh
	@$(BIN)/portal bench

screenshots: ## Chụp lại các trang vào docs/screenshots · take the pictures of the pages again
	@sh tools/environment.sh requirements-test.lock
	@sh tools/system_packages.sh
	@SCREENSHOTS=docs/screenshots $(BIN)/python -m pytest -q tests/browser/test_journey.py tests/browser/test_counter.py -k "not plain"

demo-reset: ## Xóa dữ liệu trình diễn và làm lại · start the demo over
	@sh tools/environment.sh requirements.lock
	@$(BIN)/portal demo reset

assets: ## Dựng lại CSS và JavaScript (cần npm; kết quả được ghi vào git) · rebuild static files
	@sh assets/build.sh

translations: ## Gom lại mọi lời văn, cập nhật bản tiếng Anh · collect the texts, update the English ones
	@sh tools/environment.sh requirements-test.lock
	@$(BIN)/python tools/translations.py

lock: ## Khóa lại các gói sau khi sửa pyproject.toml · pin the dependencies again
	@sh tools/environment.sh requirements-dev.lock
	@sh tools/lock.sh

clean: ## Xóa môi trường và tệp tạm, giữ lại instance/ · remove .venv and caches, keep instance/
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage*
	@find portal tests tools -name __pycache__ -type d -exec rm -rf {} + 2>/dev/null || true

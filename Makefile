# run: a house with demo data · test: all tests · check: all that CI does · golden: rewrite golden files · release: five platforms
.PHONY: run test check golden release templates

run: templates
	go run ./cmd/asociacija demo

test:
	go vet ./...
	go test ./...

check: test
	test -z "$$(gofmt -l $$(git ls-files '*.go'))"
	cd tools && go tool -n staticcheck >/dev/null && cd .. && $$(cd tools && go tool -n staticcheck) ./...
	go test -race -short ./internal/platform/... ./internal/voice/... ./internal/members/... ./internal/law/...

golden:
	ASOCIACIJA_GOLDEN=1 go test ./...

templates:
	$$(cd tools && go tool -n templ) generate

release:
	@mkdir -p dist
	@for p in linux/amd64 linux/arm64 darwin/arm64 darwin/amd64 windows/amd64; do \
		os=$${p%/*}; arch=$${p#*/}; ext=; [ $$os = windows ] && ext=.exe; \
		CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch go build -trimpath -ldflags='-s -w' -o dist/asociacija-$$os-$$arch$$ext ./cmd/asociacija || exit 1; \
	done
	@cd dist && sha256sum asociacija-* > SHA256SUMS && cat SHA256SUMS

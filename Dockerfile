# A static binary in an image of its own: docker build -t dateline . &&
# docker run --rm -v "$PWD:/work:ro" dateline check .
FROM rust:1-alpine AS build
# Alpine keeps no old versions, so that none can be named here.
# hadolint ignore=DL3018
RUN apk add --no-cache musl-dev
WORKDIR /src
COPY . .
RUN cargo build --locked --release && strip target/release/dateline

FROM scratch
COPY --from=build /src/target/release/dateline /dateline
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
WORKDIR /work
USER 65534:65534
ENTRYPOINT ["/dateline"]

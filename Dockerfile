# Build from the checked-in query cache: no database is needed.
FROM rust:1.95-bookworm AS build
WORKDIR /trellis
COPY Cargo.toml Cargo.lock build.rs sqlx.toml ./
COPY .cargo .cargo
COPY .sqlx .sqlx
COPY migrations migrations
COPY sql sql
COPY src src
ENV SQLX_OFFLINE=true
# The container talks to a PostgreSQL of its own, so the built-in download is left out.
RUN cargo build --release --locked --no-default-features

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin trellis
COPY --from=build /trellis/target/release/trellis /usr/local/bin/trellis
USER trellis
ENV TRELLIS_LISTEN=0.0.0.0:8080 TRELLIS_METRICS_LISTEN=0.0.0.0:9090
EXPOSE 8080 9090
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["trellis"]
CMD ["serve"]

# The program alone, on nothing: `docker build --tag tollgate .`, then
# `docker run --rm --volume "$PWD:/plan:ro" --workdir /plan tollgate check`.
FROM rust:1.95-slim-bookworm AS build
WORKDIR /tollgate
COPY . .
RUN cp "$(scripts/static)" /tollgate.static

FROM scratch
COPY --from=build /tollgate.static /tollgate
COPY --from=build /tollgate/LICENSE-APACHE /tollgate/LICENSE-MIT /
USER 65534:65534
ENTRYPOINT ["/tollgate"]

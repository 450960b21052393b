# The simulator as an image: docker build -t background-operations-simulator:0.1.0 .
# Without a registry to pull from: node scripts/build-image.mjs. Options go behind the image's name,
# or into BGOP_SIMULATE: docker run -p 8080:8080 background-operations-simulator:0.1.0 --clock virtual
# The same bytes each time: --build-arg NODE_IMAGE=node:24-slim@sha256:… (docs/containers.md)
ARG NODE_IMAGE=node:24-slim
FROM ${NODE_IMAGE} AS build
WORKDIR /source
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node scripts/image-app.mjs /app

FROM ${NODE_IMAGE}
COPY --from=build /app /app
WORKDIR /app
USER 1000:1000
EXPOSE 8080
ENTRYPOINT ["/usr/local/bin/node", "/app/dist/containers/entry.js"]

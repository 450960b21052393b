# The simulator as an image: docker build -t background-operations-simulator:0.1.0 .
# Without a registry to pull from: node scripts/build-image.mjs. Options go behind the image's name,
# or into BGOP_SIMULATE: docker run -p 8080:8080 background-operations-simulator:0.1.0 --clock virtual
FROM node:24-slim AS build
WORKDIR /source
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node scripts/image-app.mjs /app

FROM node:24-slim
COPY --from=build /app /app
WORKDIR /app
USER 1000:1000
EXPOSE 8080
ENTRYPOINT ["/usr/local/bin/node", "/app/dist/containers/entry.js"]

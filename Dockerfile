# One image for the worker, the API, the namespace job and the shop's sandbox; the command says which.
# Debian, not Alpine: Temporal's core is a native module built for glibc.
FROM node:20.20.2-bookworm-slim AS base
WORKDIR /app

FROM base AS build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY src src
RUN npm run build
# `npm ci --omit=dev` would leave out what is a development and a peer dependency at once (Temporal's SDK, zod). Without
# the development dependencies in package.json the same packages are peers only, which a prune keeps as they are.
RUN npm pkg delete devDependencies && npm prune --ignore-scripts --no-audit --no-fund

FROM base AS runtime
ENV NODE_ENV=production TENUTO_DATA_DIR=/data
# A named volume that is mounted here takes over the owner.
RUN install --directory --owner=node --group=node /data
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY deploy/temporal deploy/temporal
USER node
CMD ["node", "dist/bin/worker.js"]

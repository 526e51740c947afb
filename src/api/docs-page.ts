// The OpenAPI document, and the page that shows it. Neither needs Temporal, nor anything from another server.
import { readFileSync } from "node:fs";
import { Router } from "express";
import type { App } from "tenuto";
import { openApiDocument } from "./openapi/document.ts";
import { type Page, page, send } from "./static-page.ts";

/** Serves `/openapi.json`, `/docs`, and what that page loads; each is made once, when it is first asked for. */
export function docsPage(app: App): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const get = (path: string, make: () => Page) => {
    let made: Page | undefined;
    router.get(path, (...call) => send((made ??= make()))(...call));
  };
  get("/openapi.json", () => page("application/json", JSON.stringify(openApiDocument(app))));
  get("/docs", () => page("text/html", html(app.name), contentPolicy));
  router.get("/docs/", (request, response) => response.redirect(308, `${request.baseUrl}/docs`));
  get("/docs/start.js", () => page("text/javascript", startScript));
  for (const [file, type] of Object.entries(assets)) {
    get(`/docs/${file}`, () => page(type, readFileSync(new URL(file, swaggerUi))));
  }
  return router;
}

const swaggerUi = import.meta.resolve("swagger-ui-dist/package.json");

const assets = {
  "swagger-ui.css": "text/css",
  "swagger-ui-bundle.js": "text/javascript",
  "favicon-32x32.png": "image/png",
} as const;

/** Swagger UI sets styles from its script, which no policy forbids, and has its icons as data. */
const contentPolicy = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'"],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
].join("; ");

/** Addresses are relative, so that the API can be mounted anywhere. */
function html(title: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>${title} API</title>
    <link rel="icon" type="image/png" href="docs/favicon-32x32.png" />
    <link rel="stylesheet" href="docs/swagger-ui.css" />
  </head>
  <body>
    <div id="docs"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/start.js"></script>
  </body>
</html>
`;
}

const startScript = `SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  docExpansion: "none",
  // It would ask a server elsewhere.
  validatorUrl: null,
});
`;

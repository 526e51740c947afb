// The dashboard: files that Vite has made, and one page for all of its addresses.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { type RequestHandler, Router } from "express";
import { RequestRefused } from "./request-refused.ts";
import { type Page, page, send } from "./static-page.ts";

/** Serves `/dashboard` and every address below it; what has a hash in its name is kept by browsers for a year. */
export function dashboardPage(folder = builtFolder()): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const assets = new Map<string, Page>();
  const asset = (name: string): Page => {
    let found = assets.get(name);
    if (!found) {
      // By what is there, and not by what is asked for, which could lead elsewhere.
      if (!filesIn(folder).includes(name)) throw notFound(`The dashboard has no file ${JSON.stringify(name)}.`);
      found = page(types[extname(name)] ?? "application/octet-stream", readFileSync(new URL(`assets/${name}`, folder)));
      assets.set(name, found);
    }
    return found;
  };
  router.get("/dashboard/assets/:name", (request, response) => {
    const file = asset(request.params.name);
    response.set({ ETag: file.etag, "Cache-Control": "public, max-age=31536000, immutable" });
    if (request.get("if-none-match") === file.etag) return void response.status(304).end();
    response.type(file.type).send(file.bytes);
  });
  const html: RequestHandler = (request, ...rest) => void send(indexAt(request.baseUrl, folder))(request, ...rest);
  router.get("/dashboard", html);
  router.get("/dashboard/", html);
  router.get("/dashboard/*place", html);
  return router;
}

/** From the sources, `npm run dev` and `npm test` make it beside what they cache; in the package it is beside this folder. */
function builtFolder(): URL {
  const isSource = fileURLToPath(import.meta.url).endsWith(".ts");
  return new URL(isSource ? "../../node_modules/.cache/tenuto-dashboard/" : "../dashboard/", import.meta.url);
}

/** The page refers to its files from where it is; below it they would be looked for elsewhere. */
function indexAt(prefix: string, folder: URL): Page {
  const file = new URL("index.html", folder);
  if (!existsSync(file)) throw notFound("The dashboard is not built here. Run `npm run build`.");
  const base = `"${encodeURI(decodeURI(prefix))}/dashboard/`;
  return page("text/html", readFileSync(file, "utf8").replaceAll('"./', base), contentPolicy);
}

function filesIn(folder: URL): readonly string[] {
  const assets = new URL("assets/", folder);
  return existsSync(assets) ? readdirSync(assets) : [];
}

function notFound(detail: string): RequestRefused {
  return new RequestRefused("NOT_FOUND", { detail });
}

const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

/** Its own files only. Charts set styles from the script, which no policy forbids. */
const contentPolicy = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'"],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
].join("; ");

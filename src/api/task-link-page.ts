// The page that a link to a task opens. It is the same for every link: the token is in the fragment, which no server sees.
import { Router } from "express";
import { page, send } from "./static-page.ts";
import { script } from "./task-link-script.ts";

/** Serves `/task-link`, and what that page loads. */
export function taskLinkPage(): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get("/task-link", send(page("text/html", html, contentPolicy)));
  router.get("/task-link/page.js", send(page("text/javascript", script)));
  router.get("/task-link/page.css", send(page("text/css", style)));
  return router;
}

const contentPolicy = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'"],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
].join("; ");

/** Addresses are relative, so that the API can be mounted anywhere. */
const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <meta name="referrer" content="no-referrer" />
    <meta name="robots" content="noindex" />
    <title>A task for you</title>
    <link rel="stylesheet" href="task-link/page.css" />
  </head>
  <body>
    <main id="task" aria-live="polite"><p>One moment …</p></main>
    <noscript><p>This page needs JavaScript: the link is read by it, and sent to nobody else.</p></noscript>
    <script src="task-link/page.js"></script>
  </body>
</html>
`;

const style = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; }
main, noscript p { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin: 0 0 0.5rem; }
h2 { font-size: 1rem; margin: 1.5rem 0 0.25rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; margin: 0; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
label { display: block; margin: 0.75rem 0 0.25rem; font-weight: 600; }
label.choice { font-weight: 400; }
input:not([type="checkbox"]), select, textarea { box-sizing: border-box; width: 100%; font: inherit; padding: 0.4rem; }
.hint { margin: 0; opacity: 0.75; font-size: 0.9rem; }
.buttons { display: flex; gap: 0.75rem; margin-top: 1.25rem; flex-wrap: wrap; }
button { font: inherit; padding: 0.5rem 1.25rem; cursor: pointer; }
button:disabled { cursor: default; }
.problem { border-left: 4px solid #c33; padding: 0.25rem 0.75rem; }
.done { border-left: 4px solid #2a7; padding: 0.25rem 0.75rem; }
`;

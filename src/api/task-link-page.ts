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
    <main id="task" aria-busy="true"><p>One moment …</p></main>
    <noscript><p>This page needs JavaScript, which alone can read the link.</p></noscript>
    <script src="task-link/page.js"></script>
  </body>
</html>
`;

const style = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --line: #8888; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --bad: #ff9a90; } }
body { margin: 0; }
main, noscript p { display: block; max-width: 38rem; margin: 2.5rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 0.5rem; overflow-wrap: anywhere; }
h1:focus { outline: none; }
h2 { font-size: 1.1rem; margin: 2rem 0 0; }
dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: 0.4rem 1.25rem; margin: 1rem 0; padding: 1rem; border: 1px solid var(--line); border-radius: 8px; }
dl dl { margin: 0; padding: 0; border: 0; }
dt { font-weight: 600; overflow-wrap: anywhere; }
dd { margin: 0; min-width: 0; }
dd, pre { overflow-wrap: anywhere; white-space: pre-wrap; }
label { display: block; margin: 1rem 0 0.25rem; font-weight: 600; }
fieldset { margin: 1rem 0; border: 1px solid var(--line); border-radius: 8px; }
legend { font-weight: 600; }
input, select, textarea { box-sizing: border-box; width: 100%; font: inherit; padding: 0.5rem; border: 1px solid #888; border-radius: 6px; }
.json { font-family: ui-monospace, monospace; }
[aria-invalid] { border-color: var(--bad); }
p { margin: 0.25rem 0; }
.hint { opacity: 0.8; font-size: 0.9rem; }
.wrong, .late { color: var(--bad); }
button { font: inherit; margin-top: 1rem; padding: 0.55rem 1.4rem; border: 1px solid #888; border-radius: 6px; cursor: pointer; }
button.main { color: #fff; background: #1a5fb4; border-color: #1a5fb4; }
button:disabled { cursor: default; opacity: 0.6; }
details { margin-top: 2rem; }
summary { cursor: pointer; }
.problem, .done { margin: 1rem 0; padding: 0.5rem 1rem; border-left: 4px solid var(--bad); }
.done { border-color: #2a7; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: 0.6rem; } }
`;

// A name of its own, or Vite would take the expression below for a file that is to be bundled.
const here = import.meta.url;

/** Where the API is mounted, with a slash at the end: the bundle is at `dashboard/assets` there. */
export const root = new URL("../../", here);

/** The path of this page's overview, without a slash at the end. */
export const pageRoot = `${root.pathname}dashboard`;

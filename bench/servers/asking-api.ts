// Tenuto's API for the app that asks, in a process of its own; callers have keys.
import { createApi, createAuthentication, listenApi, parseApiKeys } from "tenuto/api";
import { createClient } from "tenuto/client";
import { app } from "../workflows/asking.contract.ts";

const client = await createClient(app);
const authentication = createAuthentication({ apiKeys: parseApiKeys(process.env["TENUTO_API_KEYS"] ?? "") });
const api = createApi({ client, app, authentication, requestsPerMinute: 1_000_000 });
const { url } = await listenApi(api, { host: "127.0.0.1", port: 0 });
process.send?.(url);
process.once("disconnect", () => process.exit(0));

import { connect } from "node:net";
import { connect as connectEncrypted } from "node:tls";
import { withoutSecrets } from "../../core/redacted.ts";
import { type EmailChannel, reveal } from "./alert-channel.ts";
import { headlineOf, linesOf } from "./alert-text.ts";
import { AlertTargetRefused } from "./errors/alert-target-refused.ts";
import { ChannelFailed } from "./errors/channel-failed.ts";
import { guardedLookup } from "./guarded-target.ts";
import type { Send } from "./sending.ts";

const timeoutMs = 10_000;

/** Sends one e-mail; a repeat has the same Message-ID, by which mailboxes know it. */
export const sendByEmail: Send<EmailChannel> = async (channel, message, { signal, lookup, secrets = [] }) => {
  const { host, port, security, from, to, user, allowPrivate = false } = channel;
  const password = channel.password === undefined ? undefined : await reveal(channel.password);
  const usedPort = port ?? (security === "tls" ? 465 : 587);
  const usedSecurity = security ?? (usedPort === 465 ? "tls" : "starttls");
  const isEncrypted = usedSecurity !== "none";
  // A socket of ours: the library would look the name up by itself, where nothing is checked.
  const socketOptions = {
    host,
    port: usedPort,
    lookup: guardedLookup({ host, isEncrypted, allowPrivate, lookup }),
    timeout: timeoutMs,
  };
  const secure = usedSecurity === "tls";
  // Loaded by who sends e-mail only.
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({
    host,
    port: usedPort,
    secure,
    requireTLS: usedSecurity === "starttls",
    ignoreTLS: usedSecurity === "none",
    ...(user !== undefined && { auth: { user, pass: password ?? "" } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    getSocket: (_options, callback) => {
      const socket = secure ? connectEncrypted({ ...socketOptions, servername: host }) : connect(socketOptions);
      const fail = (error: Error) => {
        callback(error);
      };
      const late = () => {
        socket.destroy(new Error(`no answer within ${timeoutMs / 1_000} s`));
      };
      const abort = () => {
        socket.destroy(new Error("the send was ended"));
      };
      signal.addEventListener("abort", abort, { once: true });
      socket.once("close", () => {
        signal.removeEventListener("abort", abort);
      });
      socket.once("error", fail);
      socket.once("timeout", late);
      socket.once(secure ? "secureConnect" : "connect", () => {
        socket.removeListener("error", fail);
        socket.removeListener("timeout", late);
        callback(null, { connection: socket, ...(secure && { secured: true }) });
      });
    },
  });
  try {
    await transport.sendMail({
      from,
      to: [...to],
      subject: headlineOf(message).replace(/\s+/g, " "),
      messageId: `<${message.id}@tenuto>`,
      text: [...linesOf(message), ...Object.entries(message.alert.links).map(([name, url]) => `${name}: ${url}`)].join(
        "\n\n",
      ),
    });
  } catch (error) {
    throw failureOf(error, { host, secrets: [...secrets, ...(password === undefined ? [] : [password])] });
  } finally {
    transport.close();
  }
};

function failureOf(error: unknown, { host, secrets }: { host: string; secrets: readonly string[] }): Error {
  if (error instanceof AlertTargetRefused) return error;
  const { message, responseCode } = error as Partial<Error> & { readonly responseCode?: number };
  // A server of mail says by 5xx that it will never take it, and by 4xx that it may.
  const isLasting = responseCode !== undefined && responseCode >= 500 && responseCode < 600;
  return new ChannelFailed(withoutSecrets(`${host}: ${message ?? String(error)}`, secrets).slice(0, 500), {
    isLasting,
  });
}

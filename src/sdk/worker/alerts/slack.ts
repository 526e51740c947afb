import { type SlackChannel, reveal } from "./alert-channel.ts";
import { cutTo, headlineOf, linesOf, pagesOf } from "./alert-text.ts";
import { postJson } from "./post-json.ts";
import type { Send } from "./sending.ts";

/** What Slack takes of a header, of a section, and of an element of a context. */
const longestHeader = 150;
const longestSection = 3_000;

/** Posts to an incoming webhook. Slack has no ids: one whose answer is lost is there twice. */
export const sendToSlack: Send<SlackChannel> = async (channel, message, sending) => {
  const url = await reveal(channel.url);
  const headline = headlineOf(message);
  const pages = pagesOf(message.alert).map(([name, page]) => `<${linked(page)}|${escaped(name)}>`);
  const sections = [cutTo(linesOf(message).map(escaped).join("\n"), longestSection), pages.join(" · ")];
  const body = JSON.stringify({
    text: escaped(headline),
    blocks: [
      { type: "header", text: { type: "plain_text", text: cutTo(headline, longestHeader), emoji: false } },
      ...sections
        .filter((text) => text !== "" && text.length <= longestSection)
        .map((text) => ({ type: "section", text: { type: "mrkdwn", text } })),
    ],
  });
  const { allowPrivate = false } = channel;
  await postJson({ ...sending, url, body, allowPrivate, secrets: [url, ...(sending.secrets ?? [])] });
};

/** Slack's control characters, by which a text could call people. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function linked(url: string): string {
  return escaped(new URL(url).href).replaceAll("|", "%7C");
}

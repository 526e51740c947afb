import type { ComponentChildren } from "preact";

/** Names with what they are; what is `undefined` is left out. */
export function Facts({ facts }: { readonly facts: Readonly<Record<string, ComponentChildren>> }) {
  const entries = Object.entries(facts).filter(
    ([, value]) => value !== undefined && value !== null && value !== false && value !== "",
  );
  return (
    <dl class="facts">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A value as JSON; a long one can be unfolded. */
export function Json({ value, label }: { readonly value: unknown; readonly label: string }) {
  const text = JSON.stringify(value, null, 2) ?? "–";
  if (text.length <= 400) return <pre class="json">{text}</pre>;
  return (
    <details class="json-more">
      <summary>
        {label}: {text.length.toLocaleString("en")} characters
      </summary>
      <pre class="json" tabIndex={0} aria-label={label}>
        {text}
      </pre>
    </details>
  );
}

/** An id, or another text that may be long: it breaks where it must, and is cut where that is not enough. */
export function Code({ text, most = 200 }: { readonly text: string; readonly most?: number }) {
  const isCut = text.length > most;
  return (
    <code class="code" title={isCut ? text.slice(0, 2_000) : undefined} dir="auto">
      {isCut ? `${text.slice(0, most)}…` : text}
    </code>
  );
}

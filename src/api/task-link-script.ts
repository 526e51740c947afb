/** What the page of a link does in the browser: plain JavaScript, sent as it is. All that it shows is put in as text. */
export const script = `"use strict";
(() => {
  const main = document.getElementById("task");
  const token = location.hash.slice(1);
  // Out of the address bar, the history and what is shared of the page.
  history.replaceState(null, "", location.pathname);

  const element = (name, content, attributes = {}) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    for (const part of [content].flat()) if (part !== undefined) made.append(part);
    return made;
  };
  const show = (...parts) => main.replaceChildren(...parts);
  const post = async (path, body) => {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      credentials: "omit",
    });
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    const error = new Error(answer.detail ?? "The server did not answer as it should. Try again later.");
    error.issues = answer.errors ?? [];
    error.isFinal = [401, 404, 410].includes(response.status);
    throw error;
  };

  const words = (name) => name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/^./, (letter) => letter.toUpperCase());
  const told = (value) =>
    typeof value === "string" ? value : typeof value === "object" ? JSON.stringify(value, null, 2) : String(value);
  const question = (data) => {
    const isPlain = typeof data === "object" && data !== null && !Array.isArray(data);
    if (!isPlain) return element("pre", told(data));
    return element("dl", Object.entries(data).flatMap(([name, value]) => [element("dt", words(name)), element("dd", told(value))]));
  };

  /** A field for a JSON Schema: what it shows, and what it has been given. */
  const fieldOf = (schema, name, isRequired) => {
    const id = "answer-" + name;
    const label = element("label", (schema.title ?? words(name)) + (isRequired ? "" : " (optional)"), { for: id });
    const hint = schema.description ? [element("p", schema.description, { class: "hint" })] : [];
    const required = isRequired ? { required: "" } : {};
    const empty = (value) => (value === "" && !isRequired ? undefined : value);
    if (Array.isArray(schema.enum)) {
      const options = schema.enum.map((choice, index) => element("option", String(choice), { value: String(index) }));
      const none = element("option", "", { value: "" });
      const select = element("select", [none, ...options], { id, ...required });
      return { parts: [label, select, ...hint], value: () => (select.value === "" ? undefined : schema.enum[Number(select.value)]) };
    }
    if (schema.type === "boolean") {
      const box = element("input", undefined, { type: "checkbox", id });
      return { parts: [element("label", [box, " " + (schema.title ?? words(name))], { class: "choice" }), ...hint], value: () => box.checked };
    }
    if (schema.type === "number" || schema.type === "integer") {
      const step = schema.type === "integer" ? "1" : "any";
      const number = element("input", undefined, { type: "number", step, id, ...required });
      return { parts: [label, number, ...hint], value: () => (number.value === "" ? undefined : Number(number.value)) };
    }
    if (schema.type === "string" && (schema.maxLength ?? 1000) <= 100) {
      const line = element("input", undefined, { id, ...required });
      return { parts: [label, line, ...hint], value: () => empty(line.value) };
    }
    if (schema.type === "string") {
      const text = element("textarea", undefined, { id, rows: "3", ...required });
      return { parts: [label, text, ...hint], value: () => empty(text.value) };
    }
    const json = element("textarea", undefined, { id, rows: "5", ...required });
    const how = element("p", "As JSON.", { class: "hint" });
    return { parts: [label, json, how, ...hint], value: () => (json.value.trim() === "" ? undefined : JSON.parse(json.value)) };
  };
  const formOf = (schema) => {
    if (schema.type !== "object" || !schema.properties) return fieldOf(schema, "answer", true);
    const required = schema.required ?? [];
    const fields = Object.entries(schema.properties).map(([name, each]) => [name, fieldOf(each, name, required.includes(name))]);
    return {
      parts: fields.flatMap(([, { parts }]) => parts),
      value: () => Object.fromEntries(fields.map(([name, field]) => [name, field.value()]).filter(([, value]) => value !== undefined)),
    };
  };

  const problem = ({ message, issues = [] }) =>
    element("div", [element("p", message), ...issues.map((issue) => element("p", issue.pointer + ": " + issue.message))], {
      class: "problem",
      role: "alert",
    });
  const failed = (error) => show(element("h1", "This link can't be used"), problem(error));

  const open = (task) => {
    const form = formOf(task.schema);
    const reason = element("textarea", undefined, { id: "reason", rows: "2" });
    const message = element("div");
    const answer = element("button", "Answer", { type: "submit" });
    const reject = element("button", "Reject", { type: "button" });
    const send = async (body, done) => {
      answer.disabled = reject.disabled = true;
      message.replaceChildren();
      try {
        await post("v1/task-links/answer", { token, ...body });
        show(element("h1", task.title), element("p", done, { class: "done", role: "status" }));
      } catch (error) {
        if (error.isFinal) return failed(error);
        message.replaceChildren(problem(error));
        answer.disabled = reject.disabled = false;
      }
    };
    const asked = element("form", [...form.parts, element("div", [answer], { class: "buttons" })]);
    asked.addEventListener("submit", (event) => {
      event.preventDefault();
      let given;
      try {
        given = form.value();
      } catch (error) {
        return message.replaceChildren(problem({ message: "The answer is no JSON: " + error.message }));
      }
      void send({ answer: given }, "Thank you: it is answered.");
    });
    reject.addEventListener("click", () => {
      if (reason.value.trim() === "") return message.replaceChildren(problem({ message: "Say why you reject it." }));
      void send({ reject: { reason: reason.value } }, "Thank you: it is rejected.");
    });
    show(
      element("h1", task.title),
      ...(task.dueAt ? [element("p", (task.overdue ? "It was due at " : "It is due at ") + new Date(task.dueAt).toLocaleString())] : []),
      question(task.data),
      element("h2", "Your answer"),
      asked,
      element("h2", "Or reject it"),
      element("label", "Why", { for: "reason" }),
      reason,
      element("div", [reject], { class: "buttons" }),
      message,
    );
  };

  if (token === "") return failed(new Error("The link has no token. Open it again from the message."));
  post("v1/task-links/show", { token }).then(open, failed);
})();
`;

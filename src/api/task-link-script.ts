/** What the page of a link does in the browser: plain JavaScript, sent as it is. All that it shows is put in as text. */
export const script = `"use strict";
(() => {
  const main = document.getElementById("task");
  const token = location.hash.slice(1);
  // Out of the address bar, the history and what is shared of the page.
  history.replaceState(null, "", location.pathname);
  // Another link in the same tab changes only the fragment, by which no page is loaded.
  addEventListener("hashchange", () => location.reload());

  const element = (name, content = [], attributes = {}) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
    made.append(...[content].flat());
    return made;
  };
  const show = (title, ...parts) => {
    const heading = element("h1", title, { tabindex: "-1", dir: "auto" });
    main.replaceChildren(heading, ...parts);
    main.removeAttribute("aria-busy");
    heading.focus();
  };
  const post = async (path, body) => {
    const unreadable = "The server did not answer as it should. Try again later.";
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      credentials: "omit",
    }).catch(() => {
      throw new Error("The server can't be reached. Look at your connection, and try again.");
    });
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    const isFinal = [401, 404, 410].includes(response.status);
    throw Object.assign(new Error(answer.detail ?? unreadable), { issues: answer.errors ?? [], isFinal });
  };

  const words = (name) =>
    name
      .replaceAll("_", " ")
      .replace(/([a-z0-9])([A-Z])(?=[a-z])/g, (_, before, letter) => before + " " + letter.toLowerCase())
      .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
      .replace(/^./, (letter) => letter.toUpperCase());
  const told = (value) => {
    if (value === null || value === undefined) return "–";
    if (typeof value === "boolean") return value ? "Yes" : "No";
    return typeof value === "object" ? JSON.stringify(value, null, 2) : String(value);
  };
  const isPlain = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const question = (data) => {
    if (!isPlain(data)) return element("pre", told(data), { dir: "auto" });
    const entries = Object.entries(data).flatMap(([name, value]) => [
      element("dt", words(name), { dir: "auto" }),
      element("dd", isPlain(value) && Object.keys(value).length > 0 ? question(value) : told(value), { dir: "auto" }),
    ]);
    return element("dl", entries);
  };

  let ids = 0;
  /** A control with its label, what is said of it, and what is wrong with it. */
  const labelled = (control, { schema, name, pointer, isOptional }, read, more = []) => {
    const id = "field-" + ++ids;
    const title = schema.title ?? words(name);
    const hints = [schema.description, ...more].filter(Boolean).map((text) => element("p", text, { class: "hint", dir: "auto" }));
    const hint = element("div", hints, { id: id + "-hint" });
    const wrong = element("p", [], { id: id + "-wrong", class: "wrong" });
    control.id = id;
    control.setAttribute("aria-describedby", hint.id + " " + wrong.id);
    return {
      isAbout: (at) => at === pointer || at.startsWith(pointer + "/"),
      parts: [element("label", title + (isOptional ? " (optional)" : ""), { for: id, dir: "auto" }), hint, control, wrong],
      value: read,
      clear: () => {
        wrong.textContent = "";
        control.removeAttribute("aria-invalid");
      },
      complain: (at, message) => {
        wrong.textContent = at === pointer ? message : at.slice(pointer.length) + ": " + message;
        control.setAttribute("aria-invalid", "true");
        return control;
      },
    };
  };
  const needed = (place) => (place.isOptional || place.schema.isNullable ? undefined : "");
  const nothing = ({ isOptional, schema }) => (schema.isNullable && !isOptional ? null : undefined);

  const choiceOf = (choices, place) => {
    const { schema } = place;
    const options = choices.map((choice, index) =>
      element("option", told(choice), { value: String(index), selected: choice === schema.default ? "" : undefined }),
    );
    const select = element("select", [element("option", "", { value: "" }), ...options], { required: needed(place) });
    return labelled(select, place, () => (select.value === "" ? nothing(place) : choices[Number(select.value)]));
  };
  const numberOf = (place) => {
    const { schema } = place;
    const input = element("input", [], {
      type: "number",
      step: schema.type === "integer" ? "1" : "any",
      min: schema.minimum,
      max: schema.maximum,
      value: schema.default,
      required: needed(place),
    });
    return labelled(input, place, () => (input.value === "" ? nothing(place) : Number(input.value)));
  };
  const inputTypes = { date: "date", time: "time", email: "email", uri: "url" };
  const textOf = (place) => {
    const { schema } = place;
    const isEmptyFine = !schema.minLength && !schema.format && !schema.pattern;
    const isLine = schema.format !== undefined || (schema.maxLength ?? 1000) <= 100;
    const bounds = { minlength: schema.minLength, maxlength: schema.maxLength, dir: "auto" };
    const required = isEmptyFine ? undefined : needed(place);
    const control = isLine
      ? element("input", [], { type: inputTypes[schema.format] ?? "text", ...bounds, required })
      : element("textarea", [], { rows: "3", ...bounds, required });
    control.value = schema.default ?? "";
    const hints = schema.format === "date-time" ? ["Such as 2026-01-31T12:00:00Z."] : [];
    const empty = () => (place.isOptional || !isEmptyFine || schema.isNullable ? nothing(place) : "");
    return labelled(control, place, () => (control.value === "" ? empty() : control.value), hints);
  };
  const jsonOf = (place) => {
    const area = element("textarea", [], { rows: "5", spellcheck: "false", class: "json", required: needed(place) });
    if (place.schema.default !== undefined) area.value = JSON.stringify(place.schema.default, null, 2);
    const read = () => {
      if (area.value.trim() === "") return nothing(place);
      try {
        return JSON.parse(area.value);
      } catch (error) {
        const issues = [{ pointer: place.pointer, message: "This is no JSON: " + error.message }];
        throw Object.assign(new Error(), { issues });
      }
    };
    return labelled(area, place, read, ["As JSON, such as [1, 2] or {\\"name\\": \\"value\\"}."]);
  };
  const groupOf = (place, depth) => {
    const { schema, name, pointer, isOptional } = place;
    const required = isOptional ? [] : schema.required ?? [];
    const escaped = (key) => key.replaceAll("~", "~0").replaceAll("/", "~1");
    const fields = Object.entries(schema.properties).map(([key, each]) => [
      key,
      fieldOf(each, { name: key, pointer: pointer + "/" + escaped(key), isOptional: !required.includes(key) }, depth + 1),
    ]);
    const parts = fields.flatMap(([, field]) => field.parts);
    const legend = element("legend", schema.title ?? words(name), { dir: "auto" });
    return {
      isAbout: (at) => fields.some(([, { isAbout }]) => isAbout(at)),
      parts: depth === 0 ? parts : [element("fieldset", [legend, ...parts])],
      value: () => {
        const given = fields.map(([key, field]) => [key, field.value()]).filter(([, value]) => value !== undefined);
        return isOptional && given.length === 0 ? undefined : Object.fromEntries(given);
      },
      clear: () => fields.forEach(([, field]) => field.clear()),
      complain: (at, message) => fields.find(([, { isAbout }]) => isAbout(at))[1].complain(at, message),
    };
  };
  /** A schema that also takes null is drawn as if it did not; left empty, it is null. */
  const withoutNull = (schema) => {
    const kinds = (schema.anyOf ?? []).filter(({ type }) => type !== "null");
    const isNullable = schema.anyOf !== undefined && kinds.length === 1 && schema.anyOf.length === 2;
    return isNullable ? { ...schema, ...kinds[0], anyOf: undefined, isNullable } : schema;
  };
  const fieldOf = (given, rest, depth = 0) => {
    const schema = withoutNull(given === true ? {} : given);
    const place = { ...rest, schema };
    if (Array.isArray(schema.enum)) return choiceOf(schema.enum, place);
    if (schema.type === "boolean") return choiceOf([true, false], place);
    if ("const" in schema) return choiceOf([schema.const], place);
    if (schema.type === "number" || schema.type === "integer") return numberOf(place);
    if (schema.type === "string") return textOf(place);
    const isGroup = schema.type === "object" && isPlain(schema.properties) && !schema.isNullable && depth < 2;
    return isGroup ? groupOf(place, depth) : jsonOf(place);
  };

  const problem = (message, ...rest) => element("div", [element("p", message), ...rest], { class: "problem", role: "alert" });
  /** Says what is wrong beside the field that it is about, and the rest below. */
  const complain = (form, error) => {
    const { issues = [] } = error;
    const known = issues.filter(({ pointer }) => form.isAbout(pointer));
    const [first] = known.map((issue) => form.complain(issue.pointer, issue.message));
    const others = issues.filter((issue) => !known.includes(issue));
    const what = known.length > 0 ? "This is no answer yet: see what is marked above." : error.message;
    form.message.replaceChildren(problem(what, ...others.map((issue) => element("p", issue.pointer + ": " + issue.message))));
    first?.focus();
  };
  const failed = (error) => show("This link can't be used", problem(error.message));

  /** A form with one button, which sends what "answer" makes. */
  const formOf = (fields, name, { answer, done, isMain }, task) => {
    const message = element("div");
    const button = element("button", name, { class: isMain ? "main" : undefined });
    const form = element("form", [...fields.parts, button, message]);
    const send = async () => {
      fields.clear();
      message.replaceChildren();
      button.disabled = true;
      try {
        const { status } = await post("v1/task-links/answer", { token, ...answer() });
        const others = status === "open" || status === "claimed" ? " It waits for others, too." : "";
        show(task.title, element("p", done + others, { class: "done", role: "status" }));
      } catch (error) {
        if (error.isFinal) return failed(error);
        button.disabled = false;
        complain({ ...fields, message }, error);
      }
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void send();
    });
    return form;
  };
  const answerForm = (task) => {
    const fields = fieldOf(task.schema, { name: "answer", pointer: "/answer", isOptional: false });
    const answer = () => ({ answer: fields.value() });
    return formOf(fields, "Send the answer", { answer, done: "Thank you: your answer is there.", isMain: true }, task);
  };
  const rejectForm = (task) => {
    const why = { schema: { title: "Why" }, name: "reason", pointer: "/reject/reason", isOptional: false };
    const text = element("textarea", [], { rows: "2", maxlength: "2000", required: "", dir: "auto" });
    const fields = labelled(text, why, () => text.value);
    const answer = () => ({ reject: { reason: fields.value() } });
    return formOf(fields, "Reject", { answer, done: "Thank you: it is rejected." }, task);
  };
  const draw = (task) => {
    const due = task.dueAt && (task.overdue ? "It was due on " : "It is due on ") + new Date(task.dueAt).toLocaleString();
    show(
      task.title,
      ...(due ? [element("p", due, { class: task.overdue ? "late" : "hint" })] : []),
      question(task.data),
      element("h2", "Your answer"),
      answerForm(task),
      element("details", [element("summary", "Reject it instead"), rejectForm(task)]),
    );
    document.title = task.title;
  };
  const load = () =>
    post("v1/task-links/show", { token }).then(draw, (error) => {
      if (error.isFinal) return failed(error);
      const again = element("button", "Try again");
      again.addEventListener("click", load);
      show("The task can't be shown now", problem(error.message), again);
    });

  if (token === "") failed(new Error("The link has no token in it. Open it again from the message that it came with."));
  else void load();
})();
`;

/** Posting a form's fields; the answer is JSON, or the server's own words about what is wrong. */
import { word } from "./words.js";

export class Refused extends Error {
  constructor(errors, status) {
    super(errors.map((error) => error.message).join(" ") || word("failed"));
    this.errors = errors;
    this.status = status;
  }
}

export async function post(url, fields) {
  const response = await fetch(url, {
    method: "POST",
    body: fields instanceof FormData ? fields : asForm(fields),
    headers: { Accept: "application/json", "X-CSRFToken": token() },
  }).catch(() => null);
  if (!response) throw new Refused([{ message: word("offline") }], 0);
  const answer = await json(response);
  if (!response.ok) throw new Refused(answer.errors ?? [], response.status);
  return answer;
}

async function json(response) {
  const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
  return isJson ? response.json() : {};
}

function asForm(fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

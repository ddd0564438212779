import { byId, setText } from "./dom.js";

const KEY = "urocket-token";

/** The token of the admin port, for as long as this tab is open; null when it is not known. */
export function token() {
  return sessionStorage.getItem(KEY);
}

/** Takes the token out of the address, where it would be seen and remembered. */
export function takeToken() {
  const query = new URLSearchParams(location.search);
  const fragment = new URLSearchParams(location.hash.slice(1));
  const given = query.get("token") ?? fragment.get("token");
  if (given === null) return;
  sessionStorage.setItem(KEY, given);
  fragment.delete("token");
  const rest = fragment.toString();
  history.replaceState(null, "", rest === "" ? location.pathname : `${location.pathname}#${rest}`);
}

/** Forgets a token that was refused. */
export function dropToken() {
  sessionStorage.removeItem(KEY);
}

/** Asks before something is done, and for the token where it is not known; resolves with whether to do it. */
export function askToken({ title, text, action }) {
  const dialog = byId("ask");
  const form = dialog.querySelector("form");
  const field = byId("token");
  setText(byId("ask-title"), title);
  setText(byId("ask-text"), text);
  setText(byId("ask-do"), action);
  byId("ask-token").hidden = token() !== null;
  field.required = token() === null;
  field.value = "";
  return new Promise((resolve) => {
    let agreed = false;
    const submit = (event) => {
      event.preventDefault();
      if (field.value !== "") sessionStorage.setItem(KEY, field.value.trim());
      agreed = true;
      dialog.close();
    };
    const cancel = () => dialog.close();
    const closed = () => {
      form.removeEventListener("submit", submit);
      dialog.querySelector(".cancel").removeEventListener("click", cancel);
      resolve(agreed);
    };
    form.addEventListener("submit", submit);
    dialog.querySelector(".cancel").addEventListener("click", cancel);
    dialog.addEventListener("close", closed, { once: true });
    dialog.showModal();
    (token() === null ? field : byId("ask-do")).focus();
  });
}

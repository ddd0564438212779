/** The element of this id. */
export function byId(id) {
  return document.getElementById(id);
}

/** An element with a class and children: nodes, or text that is never read as markup. */
export function element(tag, className = "", ...children) {
  const made = document.createElement(tag);
  if (className !== "") made.className = className;
  made.append(...children);
  return made;
}

/** A button that does something. */
export function button(text, className, act) {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

/** Changes the text of an element only where it differs, so that a selection in it lives on. */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/** Tells those who do not see the page, and shows it for a while. */
export function announce(text) {
  const place = byId("announcement");
  place.textContent = text;
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => {
    place.textContent = "";
  }, 6000);
}

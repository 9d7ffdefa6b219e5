// What is marked in the article that is read: where it stands, and the way from one to the next.
export default function ({ data, parentElement }) {
  const marks = () => [...document.querySelectorAll(".np-text mark.np-kw:not(.np-m-more)")];
  const bar = parentElement.querySelector(".np-hits") ?? parentElement.appendChild(make("div", "np-hits"));
  const said = make("span", "np-hits-said");
  const map = make("span", "np-hits-map");
  map.setAttribute("aria-hidden", "true");
  let at = -1;

  const show = (next) => {
    const all = marks();
    if (!all.length) return;
    at = (next + all.length) % all.length;
    all.forEach((mark, i) => mark.classList.toggle("np-now", i === at));
    [...map.children].forEach((tick, i) => tick.classList.toggle("np-now", i === at));
    all[at].scrollIntoView({ block: "center" });
    said.textContent = `${at + 1} of ${all.length}`;
  };
  const button = (label, key, step) => {
    const made = Object.assign(make("button"), { type: "button", textContent: label, title: `Key ${key}` });
    made.addEventListener("click", () => show(at < 0 && step < 0 ? -1 : at + step));
    return made;
  };
  const typed = (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    if (event.key === "n") show(at + 1);
    if (event.key === "p") show(at < 0 ? -1 : at - 1);
  };

  const draw = () => {
    const all = marks(), text = document.querySelector(".np-text");
    bar.hidden = !all.length;
    if (!all.length) return;
    const box = text.getBoundingClientRect();
    map.replaceChildren(...all.map((mark, i) => {
      const tick = make("span", "np-hits-tick");
      tick.style.left = `${(100 * (mark.getBoundingClientRect().top - box.top)) / Math.max(box.height, 1)}%`;
      tick.addEventListener("click", () => show(i));
      return tick;
    }));
    said.textContent = all.length === 1 ? "1 match" : `${all.length} matches`;
    said.setAttribute("role", "status");
    bar.replaceChildren(said, button("← Previous", "p", -1), button("Next →", "n", 1), map);
  };
  draw();
  // The text may come after this block, or change under it.
  const watch = setInterval(() => { if (marks().length !== map.children.length) draw(); }, 400);
  document.addEventListener("keydown", typed);
  return () => { clearInterval(watch); document.removeEventListener("keydown", typed); };
}

function make(tag, name = "") {
  const element = document.createElement(tag);
  if (name) element.className = name;
  return element;
}

// Uses of a keyword: the words found stand below each other. All text goes in as text.
export default function ({ data, parentElement, setTriggerValue }) {
  const list = parentElement.querySelector("ol") ?? parentElement.appendChild(make("ol", "np-kwic"));
  list.replaceChildren(...data.lines.map(line));

  function line({ open, href, left, hit, right, name, when, mark }) {
    const item = make("li", "np-kwic-line");
    const a = make("a", "np-kwic-use");
    a.href = href;
    a.addEventListener("click", (event) => {
      if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      setTriggerValue("open", open);
    });
    const before = make("span", "np-kwic-left"), behind = make("span", "np-kwic-right");
    // What is cut off is cut on the far side of the words found.
    before.append(isolated(left));
    behind.append(isolated(right));
    a.append(before, Object.assign(make("mark", "np-kw"), { textContent: hit, dir: "auto" }), behind);
    const by = make("span", "np-kwic-by");
    by.append(Object.assign(make("img"), { src: mark, alt: "" }), " ", isolated(name), " · ", when);
    item.append(a, by);
    return item;
  }
}

function make(tag, name = "") {
  const element = document.createElement(tag);
  if (name) element.className = name;
  return element;
}

function isolated(text) {
  return Object.assign(make("bdi"), { textContent: text });
}

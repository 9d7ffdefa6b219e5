// A list of articles or passages. Titles and "Open" are links: a click opens them here, a middle
// click in a tab of their own. All text goes in as text.
export default function ({ data, parentElement, setTriggerValue }) {
  const list = parentElement.querySelector("ul") ?? parentElement.appendChild(make("ul", "np-rows"));
  list.className = data.in_time ? `np-rows np-timeline np-${data.in_time}` : "np-rows";
  list.replaceChildren(...data.rows.map(row));

  function row({ href, open, title, text, by, strip, when: date, kind }) {
    const item = make("li", date || !data.in_time ? "np-row" : "np-row np-row-also");
    if (date) {
      const beside = item.appendChild(make("p", "np-row-when"));
      beside.append(isolated(date));
      if (kind) beside.append(" ", Object.assign(make("span", "np-row-kind"), { textContent: kind }));
    }
    if (title) item.append(link(href, open, "np-row-title", [[title, false]]));
    const whose = make("p", "np-row-by");
    if (by.mark) whose.append(Object.assign(make("img"), { src: by.mark, alt: "" }), " ");
    const [when, ...facts] = by.facts;
    whose.append(isolated(by.name), " · ", when);
    if (by.basis) whose.append(" ", Object.assign(make("span", "np-basis"), { textContent: by.basis, title: by.why }));
    whose.append(...facts.flatMap((fact) => [" · ", isolated(fact)]));
    if (strip.length) item.append(bars(strip));
    const quote = text.length ? [segments(make("p", title ? "np-row-snippet" : "np-row-quote"), text)] : [];
    if (title) item.append(whose, ...quote);
    else {
      whose.append(" · ", link(href, open, "np-row-open", [["Open →", false]]));
      item.append(...quote, whose);
    }
    return item;
  }

  function link(href, open, name, parts) {
    const a = segments(make("a", name), parts);
    a.href = href;
    a.addEventListener("click", (event) => {
      if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      setTriggerValue("open", open);
    });
    return a;
  }
}

function make(tag, name = "") {
  const element = document.createElement(tag);
  if (name) element.className = name;
  return element;
}

function segments(element, parts) {
  element.dir = "auto";
  for (const [text, marked] of parts) {
    element.append(marked ? Object.assign(make("mark", "np-kw"), { textContent: text }) : text);
  }
  return element;
}

// What its numbers say stands beside it in words.
function bars(numbers) {
  const name = "http://www.w3.org/2000/svg", most = Math.max(...numbers, 1);
  const svg = document.createElementNS(name, "svg");
  const width = 4 * numbers.length;
  for (const [key, value] of Object.entries({ class: "np-strip", viewBox: `0 0 ${width} 16`, width, height: 16, "aria-hidden": "true" })) svg.setAttribute(key, value);
  numbers.forEach((n, i) => {
    const height = n ? Math.max(2, (16 * n) / most) : 1;
    const bar = document.createElementNS(name, "rect");
    for (const [key, value] of Object.entries({ x: 4 * i, y: 16 - height, width: 3, height, opacity: n ? 0.75 : 0.2 })) bar.setAttribute(key, value);
    svg.append(bar);
  });
  return svg;
}

function isolated(text) {
  return Object.assign(make("bdi"), { textContent: text });
}

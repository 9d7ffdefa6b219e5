// Draws a figure by Plotly.react, and takes a picture of figures that are drawn.
//
// Plotly is the copy that Streamlit serves for its own charts: kept by the browser for a year, and
// compressed by a proxy in front like the rest of Streamlit.
let library;
const WIDE = 760; // px from which a figure's wide form is drawn
const drawn = new Map(); // by key: what stands in the page

export default function ({ data, parentElement, setTriggerValue }, plotly) {
  library = plotly;
  if (!data) return undefined;
  const text = new TextDecoder().decode(data);
  const end = text.indexOf("\n");
  const head = JSON.parse(end < 0 ? text : text.slice(0, end));
  if (end < 0) return offerPicture(parentElement, head);
  const plot = (parentElement.plot ??= new Plot(parentElement));
  plot.show(head, text.slice(end + 1), setTriggerValue);
  return () => plot.close();
}

// Plotly says a click where a drag ends, too.
const pressed = {};
for (const type of ["mousedown", "mouseup"])
  addEventListener(type, (event) => (pressed[type] = event.clientX), true);
const dragged = () => Math.abs(pressed.mouseup - pressed.mousedown) > 6;

class Plot {
  constructor(parent) {
    const box = (this.box = document.createElement("div"));
    Object.assign(box, { className: "np-plot", dir: "ltr", role: "figure" });
    parent.append(box);
    // The width is the container's, which also changes when the sidebar opens or a tab is shown.
    this.sizes = new ResizeObserver(() => {
      const width = box.clientWidth;
      if (!this.width || !width || width === this.width) return;
      const same = width >= WIDE === this.width >= WIDE && !this.fits;
      if (same) window.Plotly.relayout(box, { width });
      else this.draw();
      this.width = width;
    });
    this.sizes.observe(box);
  }

  async show(head, figure, send) {
    Object.assign(this, { head, send });
    drawn.set(head.key, this);
    this.box.setAttribute("aria-label", head.alt);
    if (this.figure === figure) return;
    this.figure = figure;
    await this.draw();
  }

  async draw() {
    const { figure, head, box } = this;
    const whole = JSON.parse(figure);
    this.width = box.clientWidth || 700;
    const { data, layout } = (this.width >= WIDE && whole.layout.meta?.wide) || whole;
    layout.template ??= whole.layout.template;
    box.style.height = `${layout.height}px`;
    // The server kept the place of the wide form; a phone's is taller.
    const place = box.closest(".stElementContainer");
    if (place) place.style.height = box.style.height;
    delete box.dataset.drawn;
    const Plotly = await library;
    if (this.figure !== figure || this.closed) return;
    if (head.brush && matchMedia("(pointer: fine)").matches)
      Object.assign(layout, { dragmode: "select", selectdirection: "h" });
    this.fits = fit(layout, this.width);
    Object.assign(layout, { width: this.width, uirevision: head.key });
    await Plotly.react(box, data, layout, { displayModeBar: false, showTips: false });
    this.listen();
    if (this.figure === figure) box.dataset.drawn = "";
  }

  listen() {
    if (this.listens) return;
    this.listens = true;
    this.box.on("plotly_click", ({ points: [mark] }) => {
      if (!this.head.click || !mark.customdata || dragged()) return;
      window.Plotly.Fx.unhover(this.box); // what it says is of the view that goes now
      this.send("click", mark.customdata);
    });
    this.box.on("plotly_selected", (event) => {
      if (!this.head.brush || !event?.range) return;
      // Each panel has axes of its own; one of "x" and "y3" is what was drawn over.
      const [, stretch] = Object.entries(event.range).find(([axis]) => axis.startsWith("x")) ?? [];
      if (stretch) this.send("brush", stretch);
      window.Plotly.relayout(this.box, { selections: [] });
    });
    this.box.on("plotly_relayout", (change) => {
      const range = [change["xaxis.range[0]"], change["xaxis.range[1]"]];
      if (this.head.brush && range[0] !== undefined) this.send("brush", range);
    });
  }

  close() {
    this.closed = true;
    this.sizes.disconnect();
    if (drawn.get(this.head.key) === this) drawn.delete(this.head.key);
    if (this.listens) window.Plotly.purge(this.box);
  }
}

// Labels that are to take the room of their figure, which the server doesn't know
// (layout.fitted): cuts those that are longer. Whether there are any.
const CODES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
function fit({ annotations = [], template }, width) {
  const labels = annotations.filter(({ name }) => name === "fitted");
  for (const label of labels) {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${label.font.size}px ${template.layout.font.family}`;
    const letters = [...label.text.replace(/&(lt|gt|amp);/g, (code) => CODES[code])];
    const line = (n) => (n < letters.length ? `${letters.slice(0, n).join("").trimEnd()}…` : letters.join(""));
    let n = letters.length;
    while (n > 1 && pen.measureText(line(n)).width > width - 4) n--;
    label.text = line(n).replace(/[&<>]/g, (c) => Object.keys(CODES).find((code) => CODES[code] === c));
  }
  return labels.length > 0;
}

function offerPicture(parent, asked) {
  for (const format of ["png", "svg"]) {
    parent.querySelector(`[data-format=${format}]`).onclick = () => takePicture(asked, format);
  }
  return undefined;
}

const escape = (text) =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

// Title, the figures where they stand to each other in the page, and the note: one SVG.
async function takePicture(asked, format) {
  const { parts, title, caption, keys, note, source, link, name, paper, ink, muted } = asked;
  const Plotly = await library;
  const found = parts.filter(({ key }) => drawn.has(key)).map((part) => ({ ...part, plot: drawn.get(part.key) }));
  if (!found.length) return;
  const boxes = found.map(({ plot }) => plot.box.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const width = Math.max(480, Math.ceil(Math.max(...boxes.map((box) => box.right)) - left));
  const edge = 16;
  let y = edge;
  const texts = [];
  const write = (words, size, weight, family, color) => {
    // A program that doesn't read the picture's fonts has others, up to a tenth wider.
    for (const line of wrapped(words, 0.9 * width, `${weight} ${size}px ${family}`)) {
      y += Math.round(1.35 * size);
      texts.push(
        `<text x="${edge}" y="${y}" font-family="${family}" font-size="${size}" ` +
          `font-weight="${weight}" fill="${color}">${escape(line)}</text>`,
      );
    }
  };
  const serif = "Newsreader, Georgia, serif";
  const sans = "Libre Franklin, Helvetica, Arial, sans-serif";
  write(title, 20, 600, serif, ink);
  write(caption, 13, 400, sans, muted);
  // The key: each source's mark and name, on as many lines as they take.
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `400 13px ${sans}`;
  for (let [i, x] = [0, edge]; i < keys.length; i++) {
    const [mark, source] = keys[i];
    const room = pen.measureText(source).width + 36;
    if (!i || x + room > width + edge) [x, y] = [edge, y + 22];
    const drawing = await (await fetch(mark)).text();
    texts.push(
      drawing.replace("<svg ", `<svg x="${x}" y="${y - 10}" `).replace(/width="\d+"/, 'width="11"').replace(/height="\d+"/, 'height="11"'),
      `<text x="${x + 16}" y="${y}" font-family="${sans}" font-size="13" fill="${ink}">${escape(source)}</text>`,
    );
    x += room;
  }
  y += edge + (found.some(({ label }) => label) ? 16 : 0);
  const pictures = [];
  for (const [i, { plot, label }] of found.entries()) {
    const { data, layout } = plot.box;
    const size = { width: boxes[i].width, height: plot.box.clientHeight };
    const url = await Plotly.toImage({ data, layout }, { format: "svg", ...size });
    const at = { x: edge + boxes[i].left - left, y: y + boxes[i].top - top };
    const svg = decodeURIComponent(url.slice(url.indexOf(",") + 1));
    pictures.push(svg.replace("<svg ", `<svg x="${at.x}" y="${at.y}" `));
    if (label)
      pictures.push(
        `<text x="${at.x}" y="${at.y - 5}" font-family="${sans}" font-size="13" fill="${ink}">${escape(label)}</text>`,
      );
  }
  y += Math.max(...found.map(({ plot }, i) => boxes[i].top - top + plot.box.clientHeight)) + 4;
  write(note, 12, 400, sans, muted);
  // What is in view, and where: a picture goes about without its page.
  write(document.querySelector(".st-key-np-scope")?.innerText, 12, 400, sans, muted);
  write(source, 12, 400, sans, muted);
  write(link || location.href, 12, 400, sans, muted);
  const size = [width + 2 * edge, y + edge];
  const whole =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size[0]}" height="${size[1]}" ` +
    `viewBox="0 0 ${size[0]} ${size[1]}">${await fonts()}<rect width="100%" height="100%" fill="${paper}"/>` +
    `${texts.join("")}${pictures.join("")}</svg>`;
  const file = new Blob([whole], { type: "image/svg+xml" });
  save(format === "svg" ? file : await raster(file, ...size), `${name}.${format}`);
}

// The fonts of the page, carried along.
let faces;
async function fonts() {
  const face = async (family, file) => {
    const answer = await fetch(new URL(`./app/static/fonts/${file}-latin-wght-normal.woff2`, document.baseURI));
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    return `@font-face{font-family:"${family}";font-weight:100 900;src:url(data:font/woff2;base64,${btoa(letters)})}`;
  };
  faces ??= Promise.all([face("Newsreader", "newsreader"), face("Libre Franklin", "libre-franklin")]);
  return `<style>${(await faces).join("")}</style>`;
}

function wrapped(words, width, font) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = font;
  const lines = [];
  const pieces = (word) => {
    // An address may be longer than a line.
    const most = Math.max(1, Math.floor((word.length * width) / pen.measureText(word).width));
    return word.length > most ? word.match(new RegExp(`.{1,${most}}`, "gu")) : [word];
  };
  for (const word of (words || "").split(/\s+/).filter(Boolean).flatMap(pieces)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

async function raster(svg, width, height) {
  const image = new Image();
  const url = URL.createObjectURL(svg);
  image.src = url;
  await image.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: 2 * width, height: 2 * height });
  canvas.getContext("2d").drawImage(image, 0, 0, 2 * width, 2 * height);
  URL.revokeObjectURL(url);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

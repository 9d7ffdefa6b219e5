// Where a page opens: at the passage asked for, where it was left (Back), else at its top.
const PATIENCE = 3000; // ms for the page to grow as long as it was

export default function ({ data }) {
  (window.newsprismScroll ??= start())(data);
}

function start() {
  const main = () => document.querySelector('[data-testid="stMain"]');
  const left = new Map(); // scroll positions by place
  let place = null, back = false, height = 0, going = 0;

  const stop = () => cancelAnimationFrame(going);
  const acted = () => {
    stop();
    if (main()) left.set(place, main().scrollTop);
  };
  for (const gesture of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    addEventListener(gesture, acted, { capture: true, passive: true });
  }
  addEventListener("popstate", () => { back = true; });
  document.addEventListener("scroll", ({ target }) => {
    if (target !== main()) return;
    // A page that is being replaced shrinks, which scrolls too: that is nobody's wish.
    if (target.scrollHeight === height) left.set(place, target.scrollTop);
    height = target.scrollHeight;
  }, true);

  return ({ place: next, at }) => {
    if (next === place) return;
    const first = place === null;
    place = next;
    const wanted = back ? (left.get(place) ?? 0) : 0;
    const end = performance.now() + PATIENCE;
    back = false;
    stop();
    if (first && !at) return;
    const go = () => {
      const box = main(), mark = at && document.querySelector(".np-at");
      if (!box) return;
      if (mark) mark.scrollIntoView({ block: "center" });
      else box.scrollTop = wanted;
      const there = at ? false : box.scrollTop >= wanted - 1 && wanted > 0;
      if (!there && performance.now() < end) going = requestAnimationFrame(go);
    };
    go();
  };
}

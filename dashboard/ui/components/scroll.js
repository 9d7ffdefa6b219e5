// Where a page opens: at the passage asked for, where it was left (Back), else at its top. And that
// a click is one step for Back: Streamlit tells the browser of a changed page in two or three. And
// that keys and pasted lines get where they are meant to.
const REST = 30; // frames of standing still by which a page is known to be finished
const SETTLED = 4; // frames of standing still after which a short wait would be seen
const BEGUN = 60; // frames after which a run that Back sets off has begun

export default function ({ data }) {
  (window.newsprismScroll ??= start())(data);
}

function start() {
  const main = () => document.querySelector('[data-testid="stMain"]');
  const finished = () => document.querySelector('[data-test-script-state="notRunning"]');
  // Scroll positions by address, as a filter is a step back on the same page, and by place, for an
  // address that was rewritten.
  const left = new Map();
  const address = () => location.pathname + location.search;
  let place = null, here = address(), back = false, leaving = false, height = 0, going = 0;
  let asked = "";

  const keep = () => {
    // A page that is being replaced shrinks, which scrolls too: that is nobody's wish.
    if (!main() || (leaving && !finished())) return;
    left.set(here, main().scrollTop).set(place, main().scrollTop);
  };
  const acted = () => {
    cancelAnimationFrame(going);
    keep();
  };
  const leave = () => { leaving = true; };
  const arrive = () => { here = address(); };
  for (const gesture of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    addEventListener(gesture, acted, { capture: true, passive: true });
  }
  addEventListener("popstate", () => {
    keep(); // what is drawn is still the page that is left
    back = true;
    leave();
    arrive();
    cancelAnimationFrame(going);
    const wanted = left.get(here);
    if (wanted !== undefined) afterRun(() => go(wanted));
  });
  addEventListener("pagehide", closeMenu);
  openedByKey();
  namesTyped();
  oneStepAClick(leave, arrive);
  document.addEventListener("scroll", ({ target }) => {
    if (target !== main()) return;
    if (target.scrollHeight === height) keep();
    height = target.scrollHeight;
  }, true);

  // Hold the page where it was, or at the passage, until it stands still or somebody scrolls.
  function go(wanted, at) {
    let still = 0, tall = 0;
    const step = () => {
      const box = main(), mark = at && document.querySelector(".np-at");
      if (!box) return;
      if (mark) mark.scrollIntoView({ block: "center" });
      else box.scrollTop = wanted;
      still = finished() && box.scrollHeight === tall ? still + 1 : 0;
      tall = box.scrollHeight;
      if (still < REST) going = requestAnimationFrame(step);
    };
    cancelAnimationFrame(going);
    step();
  }

  // To what a click asked for, if that is out of sight once the page stands still.
  function reveal(key) {
    let still = 0, tall = 0;
    const step = () => {
      const box = main(), shown = document.querySelector(`.st-key-${CSS.escape(key)}`);
      still = finished() && box?.scrollHeight === tall ? still + 1 : 0;
      tall = box?.scrollHeight ?? 0;
      if (still < SETTLED) going = requestAnimationFrame(step);
      else if (shown && isOut(shown.getBoundingClientRect().top)) {
        shown.scrollIntoView({ block: "start" });
      }
    };
    cancelAnimationFrame(going);
    afterRun(step);
  }
  const isOut = (top) => top < 0 || top > 0.9 * innerHeight;

  // Back to other filters of the same page: what is drawn now goes first.
  function afterRun(then) {
    let frames = BEGUN;
    const wait = () => {
      if (finished() && frames--) going = requestAnimationFrame(wait);
      else then();
    };
    going = requestAnimationFrame(wait);
  }

  return ({ place: next, at, asked: now, shownAt }) => {
    leaving = false;
    const isNew = now && now !== asked;
    asked = now;
    if (next === place) {
      if (isNew && !back) reveal(shownAt);
      back = false;
      return;
    }
    const first = place === null;
    place = next;
    arrive();
    const wanted = back ? (left.get(here) ?? left.get(place) ?? 0) : 0;
    back = false;
    cancelAnimationFrame(going);
    if (!first || at) go(wanted, at);
  };
}

// What a button opens stands at the end of the document: whoever opened it by key would have all of
// the page to pass before it.
function openedByKey() {
  let opener = null;
  addEventListener("keydown", ({ key, target }) => {
    const body = target.closest?.('[data-testid="stPopoverBody"]');
    if (key === "Escape" && body && opener?.isConnected) opener.focus();
    if (key !== "Enter" && key !== " ") return;
    opener = target.closest?.('[data-testid="stPopoverButton"]') ?? opener;
    if (!target.closest?.('[data-testid="stPopoverButton"]')) return;
    let frames = 120;
    const enter = () => {
      const opened = document.querySelector('[data-testid="stPopoverBody"]');
      if (opened && !opened.contains(document.activeElement)) {
        opened.tabIndex = -1;
        opened.focus({ preventScroll: true });
      } else if (!opened && frames--) requestAnimationFrame(enter);
    };
    requestAnimationFrame(enter);
  }, true);
}

// A list takes several names at once, with commas between (ui/choice/lists.py). A field of one line
// would drop the ends of pasted lines, and a list that stays open would hide what the names found.
function namesTyped() {
  const inList = (target) => target.closest?.('[data-testid="stMultiSelect"] input');
  const close = (input) => setTimeout(() =>
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true })));
  addEventListener("paste", (event) => {
    const lines = event.clipboardData?.getData("text/plain").trim() ?? "";
    if (!inList(event.target) || !/[\r\n\t]/.test(lines)) return;
    event.preventDefault();
    document.execCommand("insertText", false, lines.replace(/\s*[\r\n\t]\s*/g, "; "));
  }, true);
  addEventListener("keydown", ({ key, target }) => {
    if (key !== "Enter" || !inList(target)) return;
    const chosen = document.getElementById(target.getAttribute("aria-activedescendant"));
    const option = chosen ?? document.querySelector('[role="listbox"] [role="option"]');
    if (option?.dataset.key === "__creatable__") close(target);
  }, true);
  addEventListener("click", ({ target }) => {
    const option = target.closest?.('[data-key="__creatable__"]');
    if (option && inList(document.activeElement)) close(document.activeElement);
  }, true);
}

// Streamlit remembers an open menu; on a phone it would cover the page at the next visit.
function closeMenu() {
  if (innerWidth >= 768) return;
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith("stSidebarCollapsed-")) localStorage.setItem(key, "true");
    }
  } catch { /* no storage here: nothing is remembered */ }
}

function oneStepAClick(leave, arrive) {
  const push = history.pushState;
  let acted = false;
  for (const gesture of ["pointerdown", "keydown", "click"]) {
    addEventListener(gesture, ({ isTrusted }) => { acted ||= isTrusted; }, { capture: true, passive: true });
  }
  history.pushState = function (...entry) {
    leave();
    if (acted) push.apply(history, entry);
    else history.replaceState(...entry);
    acted = false;
    arrive();
  };
}

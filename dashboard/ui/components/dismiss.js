// A button that puts the block it stands in away, in this browser for good.
export default function ({ data, parentElement }) {
  const block = parentElement.closest(`.st-key-${data.block}`);
  const hide = () => { if (block) block.style.display = "none"; };
  const key = `newsprism-dismissed-${data.block}`;
  try {
    if (localStorage.getItem(key)) return hide();
  } catch { /* no storage here: it comes back with the next visit */ }
  const button = parentElement.querySelector("button") ?? parentElement.appendChild(document.createElement("button"));
  button.type = "button";
  button.className = "np-dismiss";
  button.textContent = data.label;
  button.onclick = () => {
    hide();
    try { localStorage.setItem(key, "1"); } catch { /* as above */ }
  };
}

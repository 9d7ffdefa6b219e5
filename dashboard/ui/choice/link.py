"""The link to a view: copied with one click. On a phone also the way out of the filters."""

from __future__ import annotations

import streamlit as st

from dashboard.ui import state
from dashboard.ui.frame import View
from dashboard.wording import count

_HTML = """
<button type="button" class="show"></button>
<button type="button" class="copy">Copy link</button>
<span role="status"></span>
<input type="text" readonly hidden aria-label="Link to this view">
"""
_CSS = """
button{font:inherit;font-size:.875rem;color:var(--st-text-color);background:none;cursor:pointer;
border:1px solid var(--st-border-color);border-radius:.25rem;padding:.375rem .75rem;min-height:2rem}
button:hover,button:focus-visible{border-color:currentColor}
button:focus-visible{outline:2px solid currentColor;outline-offset:2px}
.show{display:none;width:100%;margin-bottom:.5rem;font-weight:600}
@media(max-width:767px){.show{display:block}}
[role=status]{font-size:.875rem;margin-inline-start:.5rem}
input{font:inherit;font-size:.8125rem;width:100%;box-sizing:border-box;margin-top:.5rem;
color:inherit;background:none;border:1px solid var(--st-border-color);padding:.375rem}
"""
_JS = """
// On a phone the filters lie over the page, which is then out of reach: the keyboard goes into
// them, and Escape leaves them.
const narrow = matchMedia('(max-width: 767px)');
function watch(side) {
  let wasOpen = false;
  const covers = () => narrow.matches && side.dataset.collapsed === 'false';
  const changed = () => {
    const open = covers(), page = document.querySelector('[data-testid=stMain]');
    if (page) page.inert = open;
    if (open === wasOpen) return;
    wasOpen = open;
    const to = open ? side.querySelector('button')
      : document.querySelector('[data-testid=stExpandSidebarButton]');
    if (narrow.matches) requestAnimationFrame(() => to?.focus());
  };
  side.addEventListener('keydown', (event) => {
    const inside = document.querySelector('[role=listbox], [data-testid=stPopoverBody]');
    if (event.key === 'Escape' && covers() && !inside) close();
  });
  narrow.addEventListener('change', changed);
  new MutationObserver(changed).observe(side, {attributeFilter: ['data-collapsed']});
  changed();
  return true;
}
const close = () =>
  document.querySelector('[data-testid=stSidebarCollapseButton] button')?.click();

export default function({parentElement, data}) {
  const side = document.querySelector('[data-testid=stSidebar]');
  if (side) side.watched ??= watch(side);
  const find = (selector) => parentElement.querySelector(selector);
  const copy = find('.copy'), field = find('input'), status = find('[role=status]');
  const show = find('.show');
  if (field.value !== data.link) { status.textContent = ''; field.hidden = true; }
  field.value = data.link;
  show.textContent = data.show;
  show.onclick = close;
  copy.onclick = async () => {
    try {
      await navigator.clipboard.writeText(data.link);
      status.textContent = 'Copied';
    } catch {
      // No permission, or a page without https: the reader copies it.
      field.hidden = false;
      field.focus();
      field.select();
      status.textContent = 'Press Ctrl+C or ⌘C to copy';
    }
  };
}
"""
_draw = st.components.v2.component("np_copy_link", html=_HTML, css=_CSS, js=_JS)


def copy_link(view: View) -> None:
    """Copies the link to this view and says so; shows it where that is not allowed."""
    n = int(view.scope.article_mask(view.index).sum())
    shown = {"link": state.share_url(view.index), "show": f"Show {count(n, 'article')}"}
    _draw(key="copy_link", data=shown)

"""The one script of our own that pages run, as a constant, so that the policy can name its digest.

Nothing is ever written into it: where it is to go stands in attributes of an element beside it.
"""

# Each mark is followed once. Streamlit runs the script again when the text beside it changes.
TEXT = """
for (const mark of document.querySelectorAll("[data-bm-to]:not([data-bm-gone])")) {
  mark.dataset.bmGone = "";
  const target = document.querySelector(mark.dataset.bmTo);
  if (!target) continue;
  target.tabIndex = -1;
  target.style.scrollMarginTop = mark.dataset.bmAbove;
  target.scrollIntoView({block: mark.dataset.bmBlock});
  target.focus({preventScroll: true});
}
"""

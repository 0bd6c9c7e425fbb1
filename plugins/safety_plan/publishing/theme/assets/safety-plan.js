// Only the search and the switch between light and dark need this. It asks nobody for anything.
"use strict";

// Material works these by labels of hidden fields, which no keyboard reaches; buttons in their place click the fields.
for (const button of document.querySelectorAll("button[data-clicks]")) {
  const field = document.getElementById(button.dataset.clicks);
  // Material would switch at the key already, and take the focus to a field that nobody sees.
  button.addEventListener("keydown", (event) => event.stopPropagation());
  button.addEventListener("click", () => {
    if (field.type === "radio") {
      // The switch is two buttons of which one shows: the focus stays with it.
      new MutationObserver((_, watch) => {
        const shown = button.parentElement.querySelector("button:not([hidden])");
        if (!button.hidden || !shown) return;
        watch.disconnect();
        shown.focus();
      }).observe(button.parentElement, { subtree: true, attributeFilter: ["hidden"] });
    }
    field.click();
    // Material opens its search before there is a field to see.
    if (field.type === "checkbox") setTimeout(() => document.querySelector(".md-search__input").focus(), 50);
  });
}

// WCAG 2.1.4: Material turns pages and opens the search at single letters, which people who speak to their
// computer set off by accident. In a field a letter stays a letter.
addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key.length === 1 && !typing && !event.ctrlKey && !event.metaKey && !event.altKey)
    event.stopImmediatePropagation();
}, true);

// Only the search and the switch between light and dark need this. It asks nobody for anything.
"use strict";

// Material works these by labels of hidden fields, which no keyboard reaches; buttons in their place click the fields.
for (const button of document.querySelectorAll("button[data-clicks]"))
  button.addEventListener("click", () => {
    document.getElementById(button.dataset.clicks).click();
    // The switch is two buttons of which one shows: the focus stays with it.
    if (button.hidden) button.parentElement.querySelector("button:not([hidden])").focus();
  });

// WCAG 2.1.4: Material turns pages and opens the search at single letters, which people who speak to their
// computer set off by accident. In a field a letter stays a letter.
addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key.length === 1 && !typing && !event.ctrlKey && !event.metaKey && !event.altKey)
    event.stopImmediatePropagation();
}, true);

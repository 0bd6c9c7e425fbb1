// Nothing on a page needs this but its search. It loads on every page and asks nobody for anything.
"use strict";

// Material opens its search by a label, which no keyboard reaches; the button in its place does the same.
for (const button of document.querySelectorAll(".sp-open-search"))
  button.addEventListener("click", () => document.getElementById("__search").click());

// WCAG 2.1.4: Material turns pages and opens the search at single letters, which people who speak to their
// computer set off by accident. In a field a letter stays a letter.
addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key.length === 1 && !typing && !event.ctrlKey && !event.metaKey && !event.altKey)
    event.stopImmediatePropagation();
}, true);

/* What a reader would see go wrong on a page: text that is cut off, that lies on other text, or that leaves its place. */
"use strict";

window.sight = (() => {
  const said = (text) => JSON.stringify(text.trim().replace(/\s+/g, " ").slice(0, 60));
  const named = (element) => element.tagName.toLowerCase() + (element.id ? `#${element.id}` : "") +
    (element.getAttribute("class") ? `.${element.getAttribute("class").trim().split(/\s+/).join(".")}` : "");
  const touch = (a, b, dx, dy) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > dx &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > dy;

  /* Each question about an element is asked once in a look at the page, which begins with its texts. */
  let known;
  const once = (question, answer) => (element) => {
    const answers = known[question] ||= new Map();
    if (!answers.has(element)) answers.set(element, answer(element));
    return answers.get(element);
  };

  /* What only a screen reader gets is cut off on purpose. */
  const isKept = once("kept", (element) => {
    const style = getComputedStyle(element);
    if (style.clipPath !== "none" || element.classList.contains("md-skip")) return true;
    const box = element.getBoundingClientRect();
    if (style.display !== "contents" && (box.width <= 1 || box.height <= 1) && style.overflowX !== "visible") return true;
    return element.parentElement !== null && isKept(element.parentElement);
  });
  const isShown = once("shown", (element) =>
    element.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !isKept(element));

  const scrolls = (value) => value === "auto" || value === "scroll";

  /* The nearest box beyond whose edge a text cannot be seen, and whether it can be scrolled to. */
  const page = {one: document.documentElement, across: false, down: true};
  const frameOf = once("frame", (element) => {
    if (element === document.body) return page;
    const style = getComputedStyle(element);
    if (style.overflowX !== "visible" || style.overflowY !== "visible")
      return {one: element, across: scrolls(style.overflowX), down: scrolls(style.overflowY)};
    return style.position === "fixed" ? page : frameOf(element.parentElement);
  });

  function texts() {
    known = {};
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || parent.closest("script, style, noscript, title, desc") || !isShown(parent)) continue;
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
      if (boxes.length) found.push({node, parent, boxes});
    }
    return found;
  }

  function faults() {
    const found = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} pixels wide`);

    const all = texts();
    for (const {node, parent, boxes} of all) {
      const svg = parent.closest("svg");
      const {one, across, down} = frameOf(parent);
      const frame = svg && getComputedStyle(svg).overflowX !== "visible" ? svg : one;
      const edge = frame === root ? {left: 0, right: root.clientWidth} : frame.getBoundingClientRect();
      for (const box of boxes) {
        const off = svg ? 1 : 2;
        if ((frame === svg || !across) && (box.left < edge.left - off || box.right > edge.right + off))
          found.push(`${named(frame)} cuts off ${said(node.data)}`);
        else if ((frame === svg || !down) && frame !== root &&
            (box.top + box.height * 0.25 < edge.top || box.bottom - box.height * 0.25 > edge.bottom))
          found.push(`${named(frame)} cuts off the height of ${said(node.data)}`);
        else continue;
        break;
      }
      const cell = parent.closest("td, th, caption, li, dt, dd");
      if (cell && !svg) {
        const around = cell.getBoundingClientRect();
        if (cell.getClientRects().length === 1 &&
            boxes.some((box) => box.left < around.left - 2 || box.right > around.right + 2))
          found.push(`${said(node.data)} leaves its ${named(cell)}`);
      }
    }

    /* No line of a text lies on a line of another one. The height of a line is more than that of its letters. */
    const lines = all.flatMap(({node, parent, boxes}) => boxes.map((box) => ({
      node, frame: frameOf(parent).one, svg: parent.closest("svg"),
      left: box.left, right: box.right, top: box.top + box.height * 0.25, bottom: box.bottom - box.height * 0.25,
    }))).sort((a, b) => a.top - b.top);
    lines.forEach((line, at) => {
      for (let next = at + 1; next < lines.length && lines[next].top < line.bottom; next++) {
        const other = lines[next];
        if (other.node !== line.node && other.frame === line.frame && touch(line, other, 1, 1))
          found.push(`${said(line.node.data)} lies on ${said(other.node.data)}`);
      }
    });

    /* Two columns whose texts touch are read as one. */
    const inCells = Map.groupBy(all, ({parent}) => parent.closest("td, th"));
    for (const row of document.querySelectorAll("article tr, .sp-printed tr")) {
      const cells = [...row.cells].map((cell) => {
        const mine = (inCells.get(cell) || []).flatMap(({boxes}) => boxes);
        return mine.length && getComputedStyle(cell).display === "table-cell" ? {
          cell, left: Math.min(...mine.map((box) => box.left)), right: Math.max(...mine.map((box) => box.right)),
        } : null;
      }).filter(Boolean);
      cells.forEach((one, at) => {
        const next = cells[at + 1];
        if (next && Math.max(next.left - one.right, one.left - next.right) < 2)
          found.push(`the columns ${said(one.cell.textContent)} and ${said(next.cell.textContent)} run into each other`);
      });
    }
    return [...new Set(found)];
  }

  return {faults, texts};
})();
